package io.jdocker.images.dockerfile;

import java.util.regex.Pattern;
import jnr.constants.platform.Signal;

/** Names of signals, with or without SIG in front (signal(7)). */
final class Signals {
  private static final Pattern REAL_TIME = Pattern.compile("RTM(?:IN|AX)(?:[+-]\\d{1,2})?");

  private Signals() {}

  static boolean isKnown(String upperCaseName) {
    String name = upperCaseName.startsWith("SIG") ? upperCaseName.substring(3) : upperCaseName;
    if (REAL_TIME.matcher(name).matches()) {
      return true;
    }
    for (Signal signal : Signal.values()) {
      if (signal.defined() && signal.name().equals("SIG" + name)) {
        return true;
      }
    }
    return false;
  }
}
