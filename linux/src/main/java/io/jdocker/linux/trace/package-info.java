/** The kernel trace: what was done to the kernel for a container, in order, and why. */
package io.jdocker.linux.trace;
