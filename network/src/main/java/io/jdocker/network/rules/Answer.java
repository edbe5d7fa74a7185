package io.jdocker.network.rules;

/** Whether a rule is for a packet. */
public enum Answer {
  YES,
  NO,
  /** The rule looks at something that is not known here. */
  UNKNOWN;

  static Answer of(boolean yes) {
    return yes ? YES : NO;
  }

  Answer and(Answer other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == YES && other == YES ? YES : UNKNOWN;
  }

  Answer negatedIf(boolean negated) {
    if (!negated || this == UNKNOWN) {
      return this;
    }
    return of(this == NO);
  }
}
