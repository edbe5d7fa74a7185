/** What the flags of run, create and exec do to the kernel, told without running anything. */
package io.jdocker.cli.flag;
