package io.jdocker.cli.template;

/** Go's nil, where an Optional needs to hold it. */
public enum Nil {
  NIL;

  /** The value a template works with: null for nil. */
  static Object unwrap(Object value) {
    return value == NIL ? null : value;
  }

  /** The reverse. */
  public static Object wrap(Object value) {
    return value == null ? NIL : value;
  }
}
