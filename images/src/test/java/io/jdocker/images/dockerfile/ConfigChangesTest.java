package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigChangesTest {
  private static JsonObject apply(String... lines) {
    JsonObject config = new JsonObject();
    ConfigChanges.parse(List.of(lines)).apply(config);
    return config;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CMD [\"sh\", \"-c\", \"x y\"]  | {\"Cmd\":[\"sh\",\"-c\",\"x y\"]}",
        "cmd echo  hi | {\"Cmd\":[\"/bin/sh\",\"-c\",\"echo  hi\"]}",
        "CMD ['sh'] | {\"Cmd\":[\"/bin/sh\",\"-c\",\"['sh']\"]}",
        "ENTRYPOINT [\"/init\"] | {\"Entrypoint\":[\"/init\"]}",
        "ENV A=1 B=\"2 3\" C='4 $5' D=6\\ 7 | {\"Env\":[\"A=1\",\"B=2 3\",\"C=4 $5\",\"D=6 7\"]}",
        "ENV A the rest = all | {\"Env\":[\"A=the rest = all\"]}",
        "LABEL a.b=c \"d e\"=f | {\"Labels\":{\"a.b\":\"c\",\"d e\":\"f\"}}",
        "EXPOSE 80 53/UDP | {\"ExposedPorts\":{\"80/tcp\":{},\"53/udp\":{}}}",
        "EXPOSE 8000-8001 | {\"ExposedPorts\":{\"8000/tcp\":{},\"8001/tcp\":{}}}",
        "VOLUME /a /b | {\"Volumes\":{\"/a\":{},\"/b\":{}}}",
        "VOLUME [\"/a b\"] | {\"Volumes\":{\"/a b\":{}}}",
        "USER 1000:50 | {\"User\":\"1000:50\"}",
        "WORKDIR /a/../b/ | {\"WorkingDir\":\"/b\"}",
        "STOPSIGNAL SIGQUIT | {\"StopSignal\":\"SIGQUIT\"}",
        "STOPSIGNAL 9 | {\"StopSignal\":\"9\"}",
        "STOPSIGNAL RTMIN+3 | {\"StopSignal\":\"RTMIN+3\"}",
        "ONBUILD RUN make | {\"OnBuild\":[\"RUN make\"]}",
        "HEALTHCHECK NONE | {\"Healthcheck\":{\"Test\":[\"NONE\"]}}",
        "HEALTHCHECK --interval=1m30s --retries=2 CMD curl x"
            + " | {\"Healthcheck\":{\"Interval\":90000000000,\"Retries\":2,"
            + "\"Test\":[\"CMD-SHELL\",\"curl x\"]}}",
        "HEALTHCHECK CMD [\"true\"] | {\"Healthcheck\":{\"Test\":[\"CMD\",\"true\"]}}"
      })
  void oneInstruction(String line, String expected) {
    assertEquals(JsonParser.parseString(expected), apply(line));
  }

  @Test
  void laterOnesAddOrReplace() {
    assertEquals(
        JsonParser.parseString(
            "{\"Env\":[\"A=2\",\"B=1\"],\"WorkingDir\":\"/a/b\",\"User\":\"y\","
                + "\"Labels\":{\"l\":\"2\"}}"),
        apply(
            "ENV A=1",
            "ENV B=1",
            "ENV A=2",
            "WORKDIR /a",
            "WORKDIR b",
            "USER x",
            "USER y",
            "LABEL l=1",
            "LABEL l=2",
            ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RUN true | run is not a valid change command",
        "SHELL [\"x\"] | shell is not a valid change command",
        "CMD | CMD requires at least one argument",
        "ENV A | ENV must have two arguments",
        "ENV A=1 B | Syntax error - can't find = in \"B\". Must be of the form: name=value",
        "ENV =1 | ENV names can not be blank",
        "ENV A=\"1 | unexpected end of statement while looking for matching \"",
        "EXPOSE abc | invalid containerPort: abc",
        "EXPOSE 70000 | invalid containerPort: 70000",
        "EXPOSE 80/icmp | invalid containerPort: 80/icmp",
        "EXPOSE 9-8 | invalid containerPort: 9-8",
        "USER a b | USER requires exactly one argument",
        "STOPSIGNAL SIGNOPE | invalid signal: SIGNOPE",
        "STOPSIGNAL 0 | invalid signal: 0",
        "ONBUILD FROM x | FROM isn't allowed as an ONBUILD trigger",
        "ONBUILD ONBUILD RUN x | Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
        "HEALTHCHECK curl | Unknown type \"curl\" in HEALTHCHECK (try CMD)",
        "HEALTHCHECK CMD | Missing command after HEALTHCHECK CMD",
        "HEALTHCHECK --interval=5x CMD true | time: invalid duration \"5x\"",
        "HEALTHCHECK --nope=1 CMD true | unknown flag: --nope"
      })
  void malformedOnesAreNamed(String line, String expected) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> apply(line));
    assertEquals(expected, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "30s, 30000000000",
    "1h1m1s, 3661000000000",
    "1.5s, 1500000000",
    "300ms, 300000000",
    ".5us, 500"
  })
  void durationsAreGos(String text, long nanos) {
    assertEquals(nanos, GoDuration.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "1s2", "-1s", "1 s", "99999999999h"})
  void malformedDurationsAreRefused(String text) {
    assertThrows(InvalidArgument.class, () -> GoDuration.parse(text));
  }
}
