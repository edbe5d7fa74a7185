package io.jdocker.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parsed command line: every value was already checked against its flag's kind. */
public final class Parsed {
  private final FlagTable table;
  private final Map<String, List<String>> values;
  private final List<String> arguments;

  Parsed(FlagTable table, Map<String, List<String>> values, List<String> arguments) {
    this.table = table;
    this.values = values;
    this.arguments = arguments;
  }

  public List<String> arguments() {
    return arguments;
  }

  public String argument(int index) {
    return arguments.get(index);
  }

  /** True when the flag stands on the command line, whatever its value. */
  public boolean has(String flag) {
    return values.containsKey(table.named(flag).name());
  }

  public boolean isSet(String flag) {
    return isSet(flag, false);
  }

  public boolean isSet(String flag, boolean byDefault) {
    Optional<String> text = find(flag);
    return text.isEmpty() ? byDefault : FlagValues.parseBoolean(text.get());
  }

  /** The flag's last value. */
  public Optional<String> find(String flag) {
    List<String> all = list(flag);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** The flag's last value, or the empty string. */
  public String text(String flag) {
    return find(flag).orElse("");
  }

  /** Every value of the flag, in order; a comma separates values where the flag takes several. */
  public List<String> list(String flag) {
    Flag asked = table.named(flag);
    List<String> given = values.getOrDefault(asked.name(), List.of());
    if (asked.kind() != FlagKind.STRINGS) {
      return given;
    }
    List<String> all = new ArrayList<>();
    given.forEach(value -> all.addAll(List.of(value.split(",", -1))));
    return all;
  }

  public long number(String flag, long byDefault) {
    Optional<String> text = find(flag);
    return text.isEmpty() ? byDefault : FlagValues.parseInteger(text.get());
  }

  /** A size in bytes: {@code 64m}; 0 when not given. */
  public long bytes(String flag) {
    Optional<String> text = find(flag);
    return text.isEmpty() ? 0 : FlagValues.parseBytes(text.get());
  }

  /** Likewise; -1 for no limit. */
  public long bytesOrUnlimited(String flag) {
    Optional<String> text = find(flag);
    return text.isEmpty() ? 0 : FlagValues.parseBytesOrUnlimited(text.get());
  }

  /** A duration in nanoseconds; 0 when not given. */
  public long nanoseconds(String flag) {
    Optional<String> text = find(flag);
    return text.isEmpty() ? 0 : GoDuration.parse(text.get());
  }
}
