package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.images.Healthcheck;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client sends with a commit, over what the container has. */
class CommitSettingsTest {
  private static final String CONTAINER =
      "{'User':'u','WorkingDir':'/w','Env':['A=1','B=2'],'Entrypoint':['e'],'Cmd':['c'],"
          + "'Labels':{'a':'1'},'ExposedPorts':{'80/tcp':{}},'Volumes':{'/v':{}}}";

  private static JsonObject container() {
    return JsonParser.parseString(CONTAINER.replace('\'', '"')).getAsJsonObject();
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  private static CommitSettings command(Optional<List<String>> entrypoint, List<String> cmd) {
    CommitSettings none = CommitSettings.NONE;
    return new CommitSettings(
        "",
        "",
        "",
        List.of(),
        entrypoint,
        cmd,
        none.exposedPorts(),
        none.volumes(),
        Map.of(),
        List.of(),
        Optional.empty());
  }

  private static CommitSettings everything() {
    return new CommitSettings(
        "other",
        "/x",
        "SIGINT",
        List.of("B=3", "C=4"),
        Optional.empty(),
        List.of(),
        List.of("53/udp"),
        List.of("/more"),
        Map.of("a", "2", "b", "3"),
        List.of("RUN true"),
        Optional.of(new Healthcheck(List.of("CMD", "true"), 1, 2, 3, 4, 5)));
  }

  @Test
  void nothingSentChangesNothing() {
    JsonObject config = container();
    CommitSettings.NONE.write(config);
    assertEquals(container(), config);
  }

  @Test
  void whatIsSentWinsAndJoins() {
    JsonObject config = container();
    everything().write(config);
    assertEquals("other", config.get("User").getAsString());
    assertEquals("/x", config.get("WorkingDir").getAsString());
    assertEquals("SIGINT", config.get("StopSignal").getAsString());
    assertEquals("[\"B=3\",\"C=4\",\"A=1\"]", config.get("Env").toString(), "Docker's order");
    assertEquals("{\"80/tcp\":{},\"53/udp\":{}}", config.get("ExposedPorts").toString());
    assertEquals("{\"/v\":{},\"/more\":{}}", config.get("Volumes").toString());
    assertEquals("2", config.getAsJsonObject("Labels").get("a").getAsString());
    assertEquals("3", config.getAsJsonObject("Labels").get("b").getAsString());
    assertEquals("[\"RUN true\"]", config.get("OnBuild").toString());
    assertEquals(
        "{\"Test\":[\"CMD\",\"true\"],\"Interval\":1,\"Timeout\":2,\"StartPeriod\":3,"
            + "\"StartInterval\":4,\"Retries\":5}",
        config.get("Healthcheck").toString());
  }

  /** Docker's rule: an entrypoint of its own does not go with another's arguments. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, '', e, c",
        "-, x y, e, x y",
        "z, '', z, ''",
        "z, x, z, x",
        "'', '', '', c",
        "'', x, '', x",
      })
  void entrypointAndCommand(String sent, String cmd, String entrypoint, String command) {
    JsonObject config = container();
    command(Optional.ofNullable(sent).map(CommitSettingsTest::words), words(cmd)).write(config);
    assertEquals(words(entrypoint).toString(), list(config, "Entrypoint"));
    assertEquals(words(command).toString(), list(config, "Cmd"));
  }

  private static String list(JsonObject config, String field) {
    return config.has(field)
        ? config.getAsJsonArray(field).asList().stream()
            .map(w -> w.getAsString())
            .toList()
            .toString()
        : "[]";
  }

  @ParameterizedTest
  @CsvSource({"x/tcp, ''", "80/nosuch, ''", "'', SIGNOSUCH"})
  void whatIsNoPortOrSignalIsRefused(String port, String signal) {
    CommitSettings settings =
        new CommitSettings(
            "",
            "",
            signal,
            List.of(),
            Optional.empty(),
            List.of(),
            port.isEmpty() ? List.of() : List.of(port),
            List.of(),
            Map.of(),
            List.of(),
            Optional.empty());
    assertThrows(InvalidArgument.class, () -> settings.write(container()));
  }
}
