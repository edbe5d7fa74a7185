package io.jdocker.network;

/** The two protocols an address can belong to. */
public enum Family {
  IPV4(32),
  IPV6(128);

  private final int bits;

  Family(int bits) {
    this.bits = bits;
  }

  /** The prefix length that stands for one address. */
  public int bits() {
    return bits;
  }
}
