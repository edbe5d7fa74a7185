/**
 * HTTP/1.1 on a unix socket, as Docker's clients speak it: keep-alive, chunked bodies both ways,
 * {@code Expect: 100-continue}, and connections that are hijacked into a byte stream.
 *
 * <p>Blocking sockets of the JDK with one platform thread for each connection, because terminals,
 * pipes and tar streams are blocking at the other end too, and because the JDK's NIO and its
 * frameworks lose a half-closed connection that {@code docker run} without {@code -i} makes at
 * once. A connection that only waits costs its thread's touched stack, well below 100 KB; their
 * number is bounded.
 *
 * <p>Messages are parsed and written by Apache HttpCore's blocking classes over plain streams. A
 * parser of our own would answer the first request 30 ms sooner in a JVM without a class archive,
 * and nothing sooner with one; not enough to own the quirks of RFC 9112. {@link
 * java.nio.channels.Channels} streams are not used: theirs hold one lock for reading and writing
 * (JDK-8279339), so that a hijacked connection could not be read while it is written.
 */
package io.jdocker.daemon.http;
