package io.jdocker.network.path;

/** A packet's way has ended before where it was to go. */
final class Lost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  Lost(Outcome outcome) {
    super(outcome.why());
    this.outcome = outcome;
  }

  static Lost dropped(String place, String why) {
    return new Lost(new Outcome(Outcome.Kind.DROPPED, place, why));
  }

  Outcome outcome() {
    return outcome;
  }
}
