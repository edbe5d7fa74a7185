package io.jdocker.compose.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.compose.ProjectFolder;
import io.jdocker.compose.model.Service;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers at the end of their range, and beyond it: refused with a place, never wrapped round. */
class LimitsTest {
  @TempDir Path folder;

  private Service service(String lines) {
    return new ProjectFolder(folder).service("image: x\n" + lines);
  }

  private String refused(String lines) {
    return assertThrows(InvalidArgument.class, () -> service(lines))
        .getMessage()
        .replace(folder + "/", "");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0b, 0",
    "9223372036854775807, 9223372036854775807",
    "8191p, 9222246136947933184",
    "1t, 1099511627776",
    "1p, 1125899906842624",
    "0.5k, 512",
    "1.0001k, 1024",
    "1 g, 1073741824",
    "2GIB, 2147483648",
    "3Mb, 3145728"
  })
  void sizes(String text, long bytes) {
    assertEquals(bytes, service("shm_size: " + text).resources().shmSize());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775808",
        "8192p",
        "99999999999999999999",
        "1e3",
        "1,5g",
        "-2",
        "-1k",
        "5x",
        "k",
        "1kk",
        "1.g",
        ".5g",
        "g1"
      })
  void whatIsNoSize(String text) {
    assertEquals(
        "validating compose.yaml:4:15: services.app.shm_size invalid size: '" + text + "'",
        refused("shm_size: " + text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0s, 0",
    "1ns, 1",
    "1us, 1000",
    "1µs, 1000",
    "1.5us, 1500",
    "1h1m1s1ms1us1ns, 3661001001001",
    "1d12h, 129600000000000",
    "9223372036, 9223372036000000000",
    "106751d, 9223286400000000000"
  })
  void durations(String text, long nanos) {
    assertEquals(
        Optional.of(Duration.ofNanos(nanos)),
        service("stop_grace_period: " + text).lifecycle().stopGracePeriod());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "106752d",
        "9223372037",
        "99999999999999999999",
        "99999999999999999999h",
        "1m 30s",
        "s",
        "5 s",
        "1w",
        "-5s",
        "1s2",
        "2.s",
        "1S"
      })
  void whatIsNoDuration(String text) {
    assertEquals(
        "validating compose.yaml:4:24: services.app.stop_grace_period invalid duration: '"
            + text
            + "'",
        refused("stop_grace_period: " + text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          scale: 3000000000                              | 4:12 | services.app.scale
          deploy: {replicas: 3000000000}                 | 4:24 | services.app.deploy.replicas
          healthcheck: {retries: 3000000000}             | 4:28 | services.app.healthcheck.retries
          blkio_config: {weight: 3000000000}             | 4:28 | services.app.blkio_config.weight
          networks: {default: {priority: 3000000000}}    | 4:36 | services.app.networks.default.priority
          networks: {default: {gw_priority: -3000000000}}| 4:39 | services.app.networks.default.gw_priority
          deploy: {restart_policy: {condition: on-failure, max_attempts: 3000000000}} | 4:68 | services.app.deploy.restart_policy.max_attempts
          """)
  void aNumberBeyond32Bits(String line, String place, String path) {
    assertEquals(
        "validating compose.yaml:"
            + place
            + ": "
            + path
            + " must be between -2147483648 and 2147483647",
        refused(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cpus: 9223372037       | 4:11 | services.app.cpus is too large
          cpus: 1e999999999      | 4:11 | services.app.cpus is too large
          cpus: -1e99            | 4:11 | services.app.cpus is too large
          cpus: 1,5              | 4:11 | services.app.cpus must be a number
          pids_limit: 99999999999999999999 | 4:17 | services.app.pids_limit must be an integer
          cpu_shares: 0xzz       | 4:17 | services.app.cpu_shares must be an integer
          oom_score_adj: lots    | 4:20 | services.app.oom_score_adj must be an integer
          mem_swappiness: 1.5    | 4:21 | services.app.mem_swappiness must be an integer
          cpu_quota: 5y          | 4:16 | services.app.cpu_quota invalid duration: '5y'
          ulimits: 5             | 4:14 | services.app.ulimits must be a mapping
          ulimits: {nofile: many}| 4:23 | services.app.ulimits.nofile must be an integer
          ulimits: {nofile: {soft: 1, hard: 2, max: 3}} | 4:42 | services.app.ulimits.nofile additional properties 'max' not allowed
          blkio_config: {weight_device: [{path: /dev/a, weight: x}]} | 4:59 | services.app.blkio_config.weight_device.0.weight invalid size: 'x'
          blkio_config: {device_read_bps: {}} | 4:37 | services.app.blkio_config.device_read_bps must be an array
          """)
  void wrongResources(String line, String place, String message) {
    assertEquals("validating compose.yaml:" + place + ": " + message, refused(line));
  }

  @ParameterizedTest
  @CsvSource({
    "cpu_quota: 50000, 50000",
    "cpu_quota: 50ms, 50000",
    "cpu_quota: 1s, 1000000",
    "cpu_quota: 0x10, 16",
    "cpu_quota: 0o17, 15"
  })
  void aQuotaIsMicrosecondsOrATime(String line, long micros) {
    assertEquals(micros, service(line).resources().cpuQuota());
  }

  @ParameterizedTest
  @CsvSource({
    "{target: 80; published: 70000}, 4:37",
    "{target: 80; published: 8000-70000}, 4:37",
    "{target: 80; published: 9000-8000}, 4:37",
    "{target: 80; published: x}, 4:37",
    "{target: 80; published: -5}, 4:37"
  })
  void aPublishedPortIsAPortInTheLongFormToo(String port, String place) {
    assertEquals(
        "validating compose.yaml:"
            + place
            + ": services.app.ports.0.published must be a port or a range of ports",
        refused("ports: [" + port.replace(';', ',') + "]"));
  }

  @Test
  void theLastPortIsOne() {
    assertEquals(
        List.of("0-65535", "65535"),
        service("ports: [{target: 1, published: 0-65535}, {target: 65535, published: 65535}]")
            .connection()
            .ports()
            .stream()
            .map(port -> port.published())
            .toList());
  }
}
