package io.jdocker.runtime.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogOptionsTest {
  private static Map<String, String> options(String text) {
    Map<String, String> options = new TreeMap<>();
    for (String pair : text.strip().split(" ", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        options.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return options;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json-file | ''                                      | 0        | 1 | false",
        "json-file | max-size=10k                            | 10000    | 1 | false",
        "json-file | max-size=10m max-file=3                 | 10000000 | 3 | false",
        "json-file | max-size=1g max-file=3 compress=true    | 1000000000 | 3 | true",
        "json-file | max-size=1KiB max-file=2 compress=0     | 1024     | 2 | false",
        "json-file | max-size=1.5kb                          | 1500     | 1 | false",
        "json-file | max-size=77                             | 77       | 1 | false",
        "local     | ''                                      | 20000000 | 5 | true",
        "local     | max-file=1 compress=false               | 20000000 | 1 | false",
        "local     | max-size=5m compress=false              | 5000000  | 5 | false",
      })
  void rotation(String driver, String text, long size, int files, boolean compress) {
    assertEquals(
        new LogRotation(size, files, compress), LogOptions.parse(driver, options(text)).rotation());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json-file | nope=1       | unknown log opt 'nope' for json-file log driver",
        "local     | labels=a     | unknown log opt 'labels' for log driver local",
        "local     | tag=a        | unknown log opt 'tag' for log driver local",
        "json-file | max-size=x   | failed to initialize logging driver: invalid size: 'x'",
        "json-file | max-size=-1  | failed to initialize logging driver: invalid size: '-1'",
        "json-file | max-size=9999999999g | failed to initialize logging driver: invalid size: '9999999999g' is more than a file can be",
        "json-file | max-size=0   | failed to initialize logging driver: max-size must be a positive"
            + " number",
        "json-file | max-file=0   | failed to initialize logging driver: max-file cannot be less"
            + " than 1",
        "json-file | max-file=two | failed to initialize logging driver: strconv.Atoi: parsing"
            + " \"two\": invalid syntax",
        "json-file | compress=yes | failed to initialize logging driver: strconv.ParseBool: parsing"
            + " \"yes\": invalid syntax",
        "json-file | compress=true | failed to initialize logging driver: compress cannot be true"
            + " when max-file is less than 2 or max-size is not set",
        "json-file | compress=true max-file=2 | failed to initialize logging driver: compress cannot"
            + " be true when max-file is less than 2 or max-size is not set",
        "json-file | mode=lazy    | logger: logging mode not supported: lazy",
        "json-file | max-buffer-size=1m | logger: max-buffer-size option is only supported with"
            + " 'mode=non-blocking'",
        "json-file | mode=non-blocking max-buffer-size=big | failed to initialize logging driver: invalid size: 'big'",
        "json-file | tag={{.Nope}} | failed to initialize logging driver: template: log-tag:1:2:"
            + " executing \"log-tag\" at <.Nope>: can't evaluate field Nope in type *logger.Info",
        "local     | max-file=1   | failed to initialize logging driver: compression cannot be"
            + " enabled when max file count is 1",
        "foo       | ''           | error looking up logging plugin foo: plugin \"foo\" not found",
      })
  void whatIsWrongIsNamed(String driver, String text, String message) {
    EngineException e =
        assertThrows(InvalidArgument.class, () -> LogOptions.parse(driver, options(text)));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels-regex", "env-regex"})
  void anExpressionThatIsNoneIsRefused(String option) {
    EngineException e =
        assertThrows(
            InvalidArgument.class, () -> LogOptions.parse("json-file", Map.of(option, "[")));
    assertEquals(
        "failed to initialize logging driver: error parsing regexp: Unclosed character class: `[`",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "gcplogs"})
  void driversThatSendOutputElsewhereAreNamed(String driver) {
    EngineException e = assertThrows(Unsupported.class, () -> LogOptions.parse(driver, Map.of()));
    assertEquals(
        "log driver \"" + driver + "\" is not supported by jdocker: use json-file, local or none",
        e.getMessage());
  }

  @Test
  void modes() {
    assertEquals(OptionalLong.empty(), LogOptions.parse("json-file", Map.of()).buffer());
    assertEquals(
        OptionalLong.empty(), LogOptions.parse("json-file", Map.of("mode", "blocking")).buffer());
    assertEquals(
        OptionalLong.of(1_000_000),
        LogOptions.parse("local", Map.of("mode", "non-blocking")).buffer());
    assertEquals(
        OptionalLong.of(4000),
        LogOptions.parse("local", options("mode=non-blocking max-buffer-size=4k")).buffer());
  }

  @Test
  void noneTakesAnyOption() {
    assertEquals(
        LogOptions.Driver.NONE, LogOptions.parse("none", Map.of("max-size", "x")).driver());
  }

  private static final LogAttributes.Subject WEB =
      new LogAttributes.Subject(
          "0123456789abcdef",
          "web",
          "sha256:fedcba9876543210",
          "nginx:1",
          List.of("nginx", "-g"),
          Map.of("team", "a", "tier", "front", "x.y", "z"),
          List.of("HOME=/", "PATH=/bin:/sbin", "EMPTY=", "TEAM=b=c", "novalue"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "labels=team            | {team=a}",
        "labels=team,none,tier  | {team=a, tier=front}",
        "labels-regex=^t        | {team=a, tier=front}",
        "labels-regex=.         | {team=a, tier=front, x.y=z}",
        "labels=x.y labels-regex=^team | {team=a, x.y=z}",
        "env=HOME,PATH,NONE     | {HOME=/, PATH=/bin:/sbin}",
        "env=TEAM,EMPTY,novalue | {EMPTY=, TEAM=b=c}",
        "env-regex=^[HT]       | {HOME=/, TEAM=b=c}",
        "tag={{.ID}}            | {tag=0123456789ab}",
        "tag={{.FullID}}        | {tag=0123456789abcdef}",
        "tag={{.Name}}/{{.ImageName}} | {tag=web/nginx:1}",
        "tag={{.ImageID}}       | {tag=fedcba987654}",
        "tag={{.ImageFullID}}   | {tag=sha256:fedcba9876543210}",
        "tag={{.DaemonName}}    | {tag=jdocker}",
        "tag=plain$1            | {tag=plain$1}",
        "max-size=1             | {}",
      })
  void attributes(String text, String expected) {
    assertEquals(expected, LogAttributes.of(options(text), WEB).toString());
  }
}
