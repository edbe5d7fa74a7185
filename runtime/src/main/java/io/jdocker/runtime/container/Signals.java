package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;
import jnr.constants.platform.Signal;

/** Signals by name or number, see signal(7). */
public final class Signals {
  public static final int SIGKILL = 9;

  public static final int SIGTERM = 15;
  private static final int SIGRTMIN = 34;
  private static final int SIGRTMAX = 64;

  private Signals() {}

  /**
   * Reads {@code TERM}, {@code SIGTERM}, {@code 15}, {@code RTMIN+3}.
   *
   * @throws InvalidArgument for anything else
   */
  public static int parse(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    if (name.matches("[0-9]{1,2}")) {
      int number = Integer.parseInt(name);
      if (number >= 1 && number <= SIGRTMAX) {
        return number;
      }
      throw invalid(text);
    }
    String shortName = name.startsWith("SIG") ? name.substring("SIG".length()) : name;
    if (shortName.matches("RTM(IN(\\+[0-9]{1,2})?|AX(-[0-9]{1,2})?)")) {
      return realTime(shortName, text);
    }
    if (shortName.equals("POLL")) {
      return Signal.SIGIO.intValue();
    }
    try {
      Signal signal = Signal.valueOf("SIG" + shortName);
      if (signal.defined() && signal.intValue() <= SIGRTMAX && signal.intValue() > 0) {
        return signal.intValue();
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument("Invalid signal: " + text, e);
    }
    throw invalid(text);
  }

  private static int realTime(String name, String text) {
    int offset = name.length() > 5 ? Integer.parseInt(name.substring(5)) : 0;
    int number = (name.startsWith("RTMIN") ? SIGRTMIN : SIGRTMAX) + offset;
    if (number < SIGRTMIN || number > SIGRTMAX) {
      throw invalid(text);
    }
    return number;
  }

  private static InvalidArgument invalid(String text) {
    return new InvalidArgument("Invalid signal: " + text);
  }
}
