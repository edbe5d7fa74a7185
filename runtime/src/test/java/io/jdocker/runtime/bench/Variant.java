package io.jdocker.runtime.bench;

/** What is launched. */
enum Variant {
  FIVE_NAMESPACES("five namespaces", false, false),
  NETWORK("and a new network namespace", true, false),
  CONTROL_GROUPS("and its control groups", false, true);

  private final String title;
  private final boolean network;
  private final boolean groups;

  Variant(String title, boolean network, boolean groups) {
    this.title = title;
    this.network = network;
    this.groups = groups;
  }

  String title() {
    return title;
  }

  boolean network() {
    return network;
  }

  boolean groups() {
    return groups;
  }

  /** As launch.c takes it. */
  String letters(boolean keeper) {
    return "-" + (network ? "n" : "") + (groups ? "c" : "") + (keeper ? "k" : "");
  }
}
