/**
 * Compiles a container's first process, or an exec, into a launch program: the order in which a
 * process is put into namespaces, given its root, its mounts, its devices, and then stripped of
 * what it must not have. {@link io.jdocker.runtime.launch.ContainerProgram} is the story; each of
 * the other classes is one of its chapters.
 */
package io.jdocker.runtime.launch;
