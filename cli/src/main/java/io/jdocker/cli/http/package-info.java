/**
 * A small HTTP/1.1 client for the Docker Engine API over a unix socket.
 *
 * <p>Written by hand instead of using HttpCore: every command waits for it to load. A server start
 * to its first answer took 111 ms with HttpCore 5 and 81 ms with a three-line parser on the same
 * machine, and the API needs little: a status line, two body framings, and a raw stream after an
 * upgrade, which general clients hide.
 */
package io.jdocker.cli.http;
