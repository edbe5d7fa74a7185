package io.jdocker.runtime.build;

/** Told how a build gets on, in the words of Docker's classic builder. One thread at a time. */
@FunctionalInterface
public interface BuildProgress {
  /** Takes some text: lines of the builder, and the output of commands as it comes. */
  void text(String text);
}
