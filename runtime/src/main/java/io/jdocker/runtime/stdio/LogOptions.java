package io.jdocker.runtime.stdio;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a container's output is kept: a log driver and its options, read as Docker reads them.
 *
 * @param rotation of the files
 * @param buffer bytes that wait for the disk in non-blocking mode, beyond which output is lost;
 *     empty: the container waits instead
 */
public record LogOptions(Driver driver, LogRotation rotation, OptionalLong buffer) {
  /** Where output goes. */
  public enum Driver {
    JSON_FILE,
    LOCAL,
    NONE
  }

  /** Docker's drivers that send output elsewhere. */
  private static final Set<String> REMOTE =
      Set.of("awslogs", "etwlogs", "fluentd", "gcplogs", "gelf", "journald", "splunk", "syslog");

  private static final List<String> SIZES = List.of("max-size", "max-file", "compress");
  private static final List<String> MODE = List.of("mode", "max-buffer-size");
  private static final List<String> ATTRIBUTES =
      List.of("labels", "labels-regex", "env", "env-regex", "tag");
  private static final long LOCAL_SIZE = 20_000_000;
  private static final int LOCAL_FILES = 5;
  private static final long DEFAULT_BUFFER = 1_000_000;
  private static final String FAILED = "failed to initialize logging driver: ";

  /**
   * Reads them.
   *
   * @throws InvalidArgument for what is wrong
   * @throws Unsupported for a driver that sends output elsewhere
   */
  public static LogOptions parse(String driver, Map<String, String> options) {
    return switch (driver) {
      case "none" -> new LogOptions(Driver.NONE, LogRotation.none(), OptionalLong.empty());
      case "json-file" -> {
        requireKnown(options, "json-file log driver", List.of(SIZES, MODE, ATTRIBUTES));
        LogRotation rotation = rotation(options, new LogRotation(0, 1, false));
        LogAttributes.check(options);
        yield new LogOptions(Driver.JSON_FILE, rotation, buffer(options));
      }
      case "local" -> {
        requireKnown(options, "log driver local", List.of(SIZES, MODE));
        LogRotation rotation = rotation(options, new LogRotation(LOCAL_SIZE, LOCAL_FILES, true));
        yield new LogOptions(Driver.LOCAL, rotation, buffer(options));
      }
      default -> {
        if (REMOTE.contains(driver)) {
          throw new Unsupported(
              "log driver \""
                  + driver
                  + "\" is not supported by jdocker: use json-file, local or none");
        }
        throw new InvalidArgument(
            "error looking up logging plugin " + driver + ": plugin \"" + driver + "\" not found");
      }
    };
  }

  private static void requireKnown(
      Map<String, String> options, String whose, List<List<String>> known) {
    for (String name : new TreeSet<>(options.keySet())) {
      if (known.stream().noneMatch(names -> names.contains(name))) {
        throw new InvalidArgument("unknown log opt '" + name + "' for " + whose);
      }
    }
  }

  private static LogRotation rotation(Map<String, String> options, LogRotation usual) {
    long size = usual.maxSize();
    if (options.containsKey("max-size")) {
      size = size(options.get("max-size"));
      if (size <= 0) {
        throw new InvalidArgument(FAILED + "max-size must be a positive number");
      }
    }
    int files = usual.maxFiles();
    if (options.containsKey("max-file")) {
      files = number(options.get("max-file"));
      if (files < 1) {
        throw new InvalidArgument(FAILED + "max-file cannot be less than 1");
      }
    }
    boolean compress = usual.compress();
    if (options.containsKey("compress")) {
      compress = truth(options.get("compress"));
    }
    if (compress && (files == 1 || size == 0)) {
      if (usual.compress()) {
        throw new InvalidArgument(
            FAILED + "compression cannot be enabled when max file count is 1");
      }
      throw new InvalidArgument(
          FAILED + "compress cannot be true when max-file is less than 2 or max-size is not set");
    }
    return new LogRotation(size, files, compress);
  }

  private static long size(String text) {
    try {
      return LogSize.parse(text);
    } catch (InvalidArgument e) {
      throw new InvalidArgument(FAILED + e.getMessage(), e);
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidArgument(
          FAILED + "strconv.Atoi: parsing \"" + text + "\": invalid syntax", e);
    }
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "1", "t", "true" -> true;
      case "0", "f", "false" -> false;
      default ->
          throw new InvalidArgument(
              FAILED + "strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
    };
  }

  private static OptionalLong buffer(Map<String, String> options) {
    String mode = options.getOrDefault("mode", "");
    boolean blocking =
        switch (mode) {
          case "", "blocking" -> true;
          case "non-blocking" -> false;
          default -> throw new InvalidArgument("logger: logging mode not supported: " + mode);
        };
    if (!options.containsKey("max-buffer-size")) {
      return blocking ? OptionalLong.empty() : OptionalLong.of(DEFAULT_BUFFER);
    }
    if (blocking) {
      throw new InvalidArgument(
          "logger: max-buffer-size option is only supported with 'mode=non-blocking'");
    }
    return OptionalLong.of(size(options.get("max-buffer-size")));
  }
}
