package io.jdocker.compose.yaml;

/** What a value asks to be done with that of an earlier file. */
public enum Directive {
  /** Merge it by the rules of its key. */
  MERGE,
  /** {@code !reset}: take the earlier value away. */
  RESET,
  /** {@code !override}: put this value in place of the earlier one. */
  OVERRIDE
}
