package io.jdocker.network;

/** An address of either protocol with a prefix length. */
public sealed interface Subnet permits Cidr, Cidr6 {
  Ip address();

  int prefix();

  /** The subnet itself: the address with its host bits cleared. */
  Subnet subnet();
}
