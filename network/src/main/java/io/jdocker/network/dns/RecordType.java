package io.jdocker.network.dns;

/** The TYPE values that are looked at; all others only pass through. */
final class RecordType {
  static final int A = 1;
  static final int PTR = 12;
  static final int AAAA = 28;
  static final int OPT = 41;
  static final int ANY = 255;

  private RecordType() {}
}
