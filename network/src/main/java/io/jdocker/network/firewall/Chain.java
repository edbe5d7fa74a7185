package io.jdocker.network.firewall;

/** A chain of a table. A name has at most 28 characters (XT_EXTENSION_MAXNAMELEN). */
public record Chain(Table table, String name) {
  public Chain {
    if (name.length() > 28) {
      throw new IllegalArgumentException("chain name " + name + " is longer than 28 characters");
    }
  }
}
