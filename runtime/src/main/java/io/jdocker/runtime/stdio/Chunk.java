package io.jdocker.runtime.stdio;

/**
 * Some output of a process, in the order it was written. The bytes are shared with other clients:
 * nobody changes them.
 *
 * @param stream {@link #STDOUT} or {@link #STDERR}, the numbers of Docker's stream frames; what a
 *     terminal shows is STDOUT
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a socket; never compared
public record Chunk(int stream, byte[] bytes) {
  public static final int STDOUT = 1;
  public static final int STDERR = 2;
}
