package io.jdocker.cli.option;

/**
 * What a flag takes: decides its label in the help, how often it may stand, and how it is checked.
 */
public enum FlagKind {
  BOOL(""),
  STRING("string"),
  INT("int"),
  UINT16("uint16"),
  UINT("uint"),
  BYTES("bytes"),
  BYTES_OR_UNLIMITED("bytes"),
  DURATION("duration"),
  DECIMAL("decimal"),
  LIST("list"),
  STRINGS("strings"),
  MAP("map"),
  FILTER("filter"),
  MOUNT("mount"),
  NETWORK("network"),
  ULIMIT("ulimit"),
  GPUS("gpu-request");

  private final String label;

  FlagKind(String label) {
    this.label = label;
  }

  /** The word after the flag's name in the help; empty for a switch. */
  public String label() {
    return label;
  }

  /** True when the flag may be given several times and keeps every value. */
  public boolean isRepeatable() {
    return switch (this) {
      case LIST, STRINGS, MAP, FILTER, MOUNT, NETWORK, ULIMIT -> true;
      case BOOL, STRING, INT, UINT16, UINT, BYTES, BYTES_OR_UNLIMITED, DURATION, DECIMAL, GPUS ->
          false;
    };
  }
}
