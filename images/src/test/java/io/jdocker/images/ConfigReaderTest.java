package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private static ImageConfig read(String json) {
    return ConfigReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyFieldIsRead() {
    Digest layer = Digest.of(new byte[0]);
    ImageConfig config =
        read(
            """
            {"architecture":"arm64","variant":"v8","os":"linux","os.version":"1","author":"me",
             "comment":"c","docker_version":"20.10","created":"2024-01-02T03:04:05.6+01:00",
             "config":{"User":"u","ExposedPorts":{"80/tcp":{}},"Env":["A=1"],
              "Entrypoint":["/e"],"Cmd":["c"],"Volumes":{"/v":{}},"WorkingDir":"/w",
              "Labels":{"l":"1"},"StopSignal":"SIGQUIT","StopTimeout":3,"Shell":["/s"],
              "OnBuild":["RUN x"],"ArgsEscaped":true,"Hostname":"ignored",
              "Healthcheck":{"Test":["CMD","t"],"Interval":1,"Timeout":2,"StartPeriod":3,
               "StartInterval":4,"Retries":5}},
             "rootfs":{"type":"layers","diff_ids":["%s"]},
             "history":[{"created":"2024-01-02T03:04:05Z","created_by":"by","comment":"h",
              "author":"a","empty_layer":true}]}"""
                .formatted(layer));
    assertEquals("u", config.user());
    assertEquals(List.of("80/tcp"), config.exposedPorts());
    assertEquals(List.of("A=1"), config.env());
    assertEquals(List.of("/e"), config.entrypoint());
    assertEquals(List.of("c"), config.cmd());
    assertEquals(List.of("/v"), config.volumes());
    assertEquals("/w", config.workingDir());
    assertEquals(Map.of("l", "1"), config.labels());
    assertEquals("SIGQUIT", config.stopSignal());
    assertEquals(Optional.of(3), config.stopTimeout());
    assertEquals(
        Optional.of(new Healthcheck(List.of("CMD", "t"), 1, 2, 3, 4, 5)), config.healthcheck());
    assertEquals(List.of("/s"), config.shell());
    assertEquals(List.of("RUN x"), config.onBuild());
    assertTrue(config.argsEscaped());
    assertEquals(
        "linux/arm64/v8", config.os() + "/" + config.architecture() + "/" + config.variant());
    assertEquals("1", config.osVersion());
    assertEquals("me", config.author());
    assertEquals("c", config.comment());
    assertEquals("20.10", config.dockerVersion());
    assertEquals(Optional.of(Instant.parse("2024-01-02T02:04:05.6Z")), config.created());
    assertEquals(List.of(layer), config.diffIds());
    assertEquals(
        List.of(
            new ImageConfig.HistoryEntry(
                Optional.of(Instant.parse("2024-01-02T03:04:05Z")), "by", "a", "h", true)),
        config.history());
  }

  @Test
  void nullAndAbsentAreEmpty() {
    ImageConfig config =
        read("{\"config\":{\"Env\":null,\"Cmd\":null,\"Labels\":null},\"rootfs\":{}}");
    assertEquals(List.of(), config.env());
    assertEquals(Map.of(), config.labels());
    assertEquals(Optional.empty(), config.healthcheck());
    assertEquals(List.of(), read("{\"rootfs\":{},\"config\":null}").cmd());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | image configuration is not valid JSON",
        "[] | image configuration is not a JSON object",
        "{} | image configuration has no rootfs",
        "{\"rootfs\":{},\"config\":{\"Env\":\"A\"}} | image configuration.config: Env is not an array",
        "{\"rootfs\":{},\"config\":{\"Cmd\":[1]}} | image configuration.config: Cmd is not a string",
        "{\"rootfs\":{},\"config\":{\"ArgsEscaped\":1}}"
            + " | image configuration.config: ArgsEscaped is not true or false",
        "{\"rootfs\":{},\"config\":{\"StopTimeout\":99999999999}}"
            + " | image configuration.config: StopTimeout is not a number of 32 bits",
        "{\"rootfs\":{},\"config\":{\"StopTimeout\":\"x\"}}"
            + " | image configuration.config: StopTimeout is not a whole number",
        "{\"rootfs\":{},\"created\":\"now\"} | image configuration: created is not a time: now",
        "{\"rootfs\":{\"diff_ids\":[\"md5:1\"]}}"
            + " | invalid checksum digest format: \"md5:1\" does not start with sha256:",
        "{\"rootfs\":{},\"layers\":[]} | image configuration is a manifest, not a configuration"
      })
  void whatIsWrongIsNamed(String json, String expected) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> read(json));
    assertEquals(expected, e.getMessage());
  }
}
