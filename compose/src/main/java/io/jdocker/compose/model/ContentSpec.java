package io.jdocker.compose.model;

/** A secret or config of the project: what its content is. */
public record ContentSpec(String key, String name, Source source) {
  /** Where the content is. */
  public sealed interface Source permits HostFile, Variable, Inline, External {}

  /** A file of this host, absolute. */
  public record HostFile(String path) implements Source {}

  /** The value of a variable of the caller, as it was when the files were read. */
  public record Variable(String name, String value) implements Source {}

  /** A text in the file itself. */
  public record Inline(String text) implements Source {}

  /** Kept by a store of the engine, which one host has not. */
  public record External() implements Source {}
}
