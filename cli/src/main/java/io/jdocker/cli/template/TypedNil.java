package io.jdocker.cli.template;

/** A nil whose Go type is known: a slice's or a map's prints as an empty one. All are false. */
public enum TypedNil {
  SLICE("[]"),
  MAP("map[]"),
  POINTER("<nil>");

  private final String text;

  TypedNil(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
