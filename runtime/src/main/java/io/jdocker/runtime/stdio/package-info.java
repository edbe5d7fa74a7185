/**
 * The streams of a container's process: one epoll thread moves the bytes of every pipe and terminal
 * between the process, its log and the clients attached to it.
 *
 * <p>Who is who: the {@link io.jdocker.runtime.stdio.EventLoop} is the engine's one thread for
 * descriptors. A {@link io.jdocker.runtime.stdio.StreamHub} belongs to a container (or an exec) for
 * as long as that exists; clients attach to it whether a process runs or not. A {@link
 * io.jdocker.runtime.stdio.ProcessStreams} is one run: it joins the process' descriptors, a hub and
 * a {@link io.jdocker.runtime.stdio.LogSink}. A {@link io.jdocker.runtime.stdio.LogReader} reads
 * back what {@link io.jdocker.runtime.stdio.JsonFileLog} wrote.
 *
 * <p>Locks, outermost first: hub, log, attachment or standard input queue. Descriptors are read,
 * written and closed on the loop's thread alone, so that a number never reaches another owner's
 * file.
 */
package io.jdocker.runtime.stdio;
