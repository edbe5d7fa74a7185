package io.jdocker.cli.template;

/** A nil whose Go type is known to be a slice or a map: it prints as an empty one, and is false. */
enum TypedNil {
  SLICE("[]"),
  MAP("map[]");

  private final String text;

  TypedNil(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
