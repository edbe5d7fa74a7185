package io.jdocker.runtime.stdio;

/** The streams a client wants, as in the query of Docker's attach: {@code stdin=1&stdout=1}. */
public record StreamSelection(boolean stdin, boolean stdout, boolean stderr) {
  /** All three. */
  public static StreamSelection all() {
    return new StreamSelection(true, true, true);
  }

  /** Both output streams. */
  public static StreamSelection output() {
    return new StreamSelection(false, true, true);
  }

  /** True where output of that stream ({@link Chunk#STDOUT} or {@link Chunk#STDERR}) is wanted. */
  public boolean includes(int stream) {
    return stream == Chunk.STDERR ? stderr : stdout;
  }
}
