/**
 * Starts processes from a JVM, which cannot fork.
 *
 * <p>What a child has to do is compiled into a {@link io.jdocker.linux.launch.LaunchProgram}, a
 * list of raw system calls. {@link io.jdocker.linux.launch.Launcher} lays it out in native memory
 * and clones a child that shares that memory and runs {@link io.jdocker.linux.launch.SetupRoutine},
 * some 150 bytes of machine code, over the list. No Java runs in the child; its last step is
 * execve(2).
 *
 * <p>There are two children: the <em>keeper</em>, which the JVM clones, and the <em>payload</em>,
 * which the keeper clones. The keeper then becomes {@link io.jdocker.linux.launch.KeeperImage}, a
 * static program of under 1 KB that holds descriptors and waits for the payload, so that neither is
 * lost when the JVM dies. See clone(2), vfork(2), pidfd_getfd(2).
 */
package io.jdocker.linux.launch;
