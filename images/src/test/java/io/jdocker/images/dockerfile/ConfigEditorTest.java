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

/** Settings of an image that are changed one at a time, on top of what a base image brings. */
final class ConfigEditorTest {
  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  @Test
  void fieldsThatABaseLeavesNullAreFilled() {
    JsonObject config =
        json("{'Env':null,'Labels':null,'ExposedPorts':null,'Volumes':null,'OnBuild':null}");
    ConfigEditor editor = new ConfigEditor(config);
    editor.env("A", "1");
    editor.label("l", "v");
    editor.expose("80");
    editor.volume("/v");
    editor.onBuild("RUN a");
    assertEquals(
        json(
            "{'Env':['A=1'],'Labels':{'l':'v'},'ExposedPorts':{'80/tcp':{}},"
                + "'Volumes':{'/v':{}},'OnBuild':['RUN a']}"),
        config);
  }

  @Test
  void whatItDoesNotKnowStays() {
    JsonObject config = json("{'ArgsEscaped':true,'X':{'y':1},'User':'u'}");
    new ConfigEditor(config).user("v");
    assertEquals(json("{'ArgsEscaped':true,'X':{'y':1},'User':'v'}"), config);
  }

  @Test
  void aVariableIsSetWhereItStood() {
    JsonObject config = json("{'Env':['A=1','AB=2','B=3']}");
    ConfigEditor editor = new ConfigEditor(config);
    editor.env("A", "x=y");
    editor.env("C", "");
    editor.env("B", "");
    assertEquals(List.of("A=x=y", "AB=2", "B=", "C="), editor.env());
    assertThrows(InvalidArgument.class, () -> editor.env("", "x"));
  }

  @ParameterizedTest(name = "{0} then {1}")
  @CsvSource({
    "'', a, /a",
    "'', /a, /a",
    "/a, b, /a/b",
    "/a, /b, /b",
    "/a, .., /",
    "/a, ../../b, /b",
    "/a, ., /a",
    "/a/, b/, /a/b",
    "a, b, /a/b",
    "'', ., /",
    "/a, ./b/../c, /a/c",
  })
  void aFolderBeginsAtTheOneBefore(String before, String path, String expected) {
    JsonObject config = new JsonObject();
    if (!before.isEmpty()) {
      config.addProperty("WorkingDir", before);
    }
    ConfigEditor editor = new ConfigEditor(config);
    editor.workingDirectory(path);
    assertEquals(expected, editor.workingDirectory());
  }

  @Test
  void aShellIsGivenTheLinesOfCommands() {
    JsonObject config = new JsonObject();
    ConfigEditor editor = new ConfigEditor(config);
    Instruction.Command line = new Instruction.Command(true, List.of("a b"));
    Instruction.Command words = new Instruction.Command(false, List.of("a", "b"));
    assertEquals(List.of("/bin/sh", "-c", "a b"), editor.words(line));
    editor.shell(List.of("/bin/bash", "-lc"));
    assertEquals(List.of("/bin/bash", "-lc", "a b"), editor.words(line));
    assertEquals(List.of("a", "b"), editor.words(words));
    assertEquals(List.of(), editor.words(new Instruction.Command(true, List.of())));
    editor.entrypoint(line);
    editor.cmd(words);
    assertEquals(
        json(
            "{'Shell':['/bin/bash','-lc'],'Entrypoint':['/bin/bash','-lc','a b'],"
                + "'Cmd':['a','b']}"),
        config);
    editor.removeCmd();
    assertEquals(false, config.has("Cmd"));
  }

  @Test
  void triggersAreTakenOnce() {
    JsonObject config = json("{'OnBuild':['RUN a','RUN b']}");
    ConfigEditor editor = new ConfigEditor(config);
    assertEquals(List.of("RUN a", "RUN b"), editor.takeOnBuild());
    assertEquals(List.of(), editor.takeOnBuild());
    assertEquals(json("{}"), config);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1/tcp",
    "65535, 65535/tcp",
    "53/udp, 53/udp",
    "53/UDP, 53/udp",
    "9/sctp, 9/sctp",
    "7-9, 7/tcp 8/tcp 9/tcp",
    "7-7/udp, 7/udp",
  })
  void portsHaveAProtocol(String text, String expected) {
    JsonObject exposed = new JsonObject();
    Ports.add(exposed, text);
    assertEquals(expected, String.join(" ", exposed.keySet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "65536",
        "-1",
        "1-",
        "-2",
        "2-1",
        "0-1",
        "1-65536",
        "80/",
        "80/icmp",
        "80:80",
        "80 81",
        "http",
        "1/tcp/udp",
        "99999",
        "８０"
      })
  void whatIsNoPortIsNamed(String text) {
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> Ports.add(new JsonObject(), text));
    assertEquals("invalid containerPort: " + text, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TERM",
        "SIGTERM",
        "sigterm",
        "SIGKILL",
        "USR1",
        "SIGRTMIN",
        "RTMIN+3",
        "RTMAX-1",
        "1",
        "9",
        "64"
      })
  void aSignalHasANameOrANumber(String text) {
    JsonObject config = new JsonObject();
    new ConfigEditor(config).stopSignal(text);
    assertEquals(text, config.get("StopSignal").getAsString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "SIG", "SIGSIGTERM", "NOPE", "-9", "100", "RTMIN+", "RTMIN+100", "", "TERM "})
  void whatIsNoSignalIsNamed(String text) {
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class, () -> new ConfigEditor(new JsonObject()).stopSignal(text));
    assertEquals("invalid signal: " + text, e.getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "NONE | {'Test':['NONE']}",
        "none | {'Test':['NONE']}",
        "CMD a  b | {'Test':['CMD-SHELL','a  b']}",
        "CMD [\"a\",\"b\"] | {'Test':['CMD','a','b']}",
        "--interval=0 CMD a | {'Interval':0,'Test':['CMD-SHELL','a']}",
        "--timeout=1ms CMD a | {'Timeout':1000000,'Test':['CMD-SHELL','a']}",
        "--start-period=1m --start-interval=2s CMD a"
            + " | {'StartPeriod':60000000000,'StartInterval':2000000000,'Test':['CMD-SHELL','a']}",
        "--retries=3\tCMD\ta | {'Retries':3,'Test':['CMD-SHELL','a']}",
        "--retries=3 NONE | {'Retries':3,'Test':['NONE']}",
      })
  void aHealthCheckHasItsDocument(String text, String expected) {
    assertEquals(json(expected), HealthcheckInstruction.parse(text));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--interval=999us CMD a | Interval \"--interval\" cannot be less than 1ms: 999us",
        "--timeout=5 CMD a | time: invalid duration \"5\"",
        "--timeout CMD a | time: invalid duration \"\"",
        "--retries= CMD a | --retries must be at least 0, not \"\"",
        "--retries=9999999999 CMD a | --retries must be at least 0, not \"9999999999\"",
        "--retries=1 | Unknown type \"\" in HEALTHCHECK (try CMD)",
        "CMDX a | Unknown type \"CMDX\" in HEALTHCHECK (try CMD)",
        "CMD | Missing command after HEALTHCHECK CMD",
        "NONE a | HEALTHCHECK NONE takes no arguments",
        "-interval=1s CMD a | Unknown type \"-interval=1s\" in HEALTHCHECK (try CMD)",
      })
  void aMalformedHealthCheckIsNamed(String text, String message) {
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> HealthcheckInstruction.parse(text));
    assertEquals(message, e.getMessage());
  }
}
