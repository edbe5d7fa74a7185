package io.jdocker.network.dns;

/** RCODE of RFC 1035, section 4.1.1. */
enum ResponseCode {
  NOERROR(0),
  FORMERR(1),
  SERVFAIL(2),
  NXDOMAIN(3),
  NOTIMP(4),
  REFUSED(5);

  private final int number;

  ResponseCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Whether another server may do better. */
  static boolean isPassing(int code) {
    return code == SERVFAIL.number || code == REFUSED.number;
  }
}
