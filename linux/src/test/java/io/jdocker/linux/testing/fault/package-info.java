/**
 * Faults on the real kernel, for tests: an effect on files or by a system call fails instead of
 * being made, or ends the process. Nothing of it is in what users run.
 */
package io.jdocker.linux.testing.fault;
