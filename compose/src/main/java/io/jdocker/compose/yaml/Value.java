package io.jdocker.compose.yaml;

/** A value of a file. */
public sealed interface Value permits Scalar, Sequence, Mapping {
  Position position();

  Directive directive();

  /** True for nothing: {@code key:} with no value, {@code null} or {@code ~}. */
  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
  }

  /** What a message calls its kind. */
  default String kindName() {
    if (this instanceof Mapping) {
      return "mapping";
    }
    return this instanceof Sequence ? "array" : ((Scalar) this).kind().word();
  }
}
