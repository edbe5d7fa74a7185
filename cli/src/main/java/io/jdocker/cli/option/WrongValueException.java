package io.jdocker.cli.option;

/**
 * A value that its flag cannot take, found by the verb. It is told as what the parser finds: with
 * the verb's usage.
 */
public final class WrongValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which value of which flag is wrong, and why.
   *
   * @param flag as an error names it: {@code -a, --attach}
   */
  public WrongValueException(String flag, String value, String reason) {
    super("invalid argument \"" + value + "\" for \"" + flag + "\" flag: " + reason);
  }
}
