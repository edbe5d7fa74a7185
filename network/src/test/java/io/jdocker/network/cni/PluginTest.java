package io.jdocker.network.cni;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that are called as the specification has it, and that answer this and that. */
class PluginTest {
  private static final CniState STATE = new CniState("c1", "/run/netns/c1", "eth0", "{}", "");

  @TempDir private Path folder;

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private JsonObject call(String command) {
    JsonObject configuration = new JsonObject();
    configuration.addProperty("type", "test");
    configuration.addProperty("name", "lan");
    return new Plugin(List.of(folder.resolve("absent"), folder))
        .call(command, STATE, configuration);
  }

  @Test
  void thePluginIsToldByItsEnvironmentAndItsInput() throws IOException {
    program(
        "test",
        "cat >"
            + folder
            + "/input\n"
            + "printf '{\"said\":\"%s %s %s %s %s\"}' $CNI_COMMAND $CNI_CONTAINERID $CNI_NETNS"
            + " $CNI_IFNAME $CNI_PATH");
    assertEquals(
        "ADD c1 /run/netns/c1 eth0 " + folder.resolve("absent") + ":" + folder,
        call("ADD").get("said").getAsString());
    assertEquals(
        JsonParser.parseString("{\"type\":\"test\",\"name\":\"lan\"}"),
        JsonParser.parseString(Files.readString(folder.resolve("input"))));
  }

  @Test
  void sayingNothingIsAnEmptyAnswer() throws IOException {
    program("test", "cat >/dev/null; echo; echo '   '");
    assertEquals(new JsonObject(), call("DEL"));
  }

  @Test
  void onePluginNeedNotReadItsInput() throws IOException {
    program("test", "exec <&-; echo '{}'");
    assertEquals(new JsonObject(), call("DEL"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\":7,\"msg\":\"no such master\"} | no such master",
        "{\"code\":7,\"msg\":\"no master\",\"details\":\"eth9\"} | no master: eth9",
        "{\"msg\":7} | 7",
        "{\"msg\":{},\"details\":[]} | : ",
        "{} | it says nothing more",
        "'' | it says nothing more",
      })
  void whatAPluginSaysOfItsFailureIsHandedOn(String printed, String reason) throws IOException {
    Files.writeString(folder.resolve("answer"), printed);
    program("test", "cat " + folder + "/answer; exit 3");
    assertEquals(
        "CNI plugin test (ADD) failed with 3: " + (reason.equals(":") ? ": " : reason),
        assertThrows(SystemFailure.class, () -> call("ADD")).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"not json {, 0", "[], 0", "7, 1", "null, 0", "panic: oh, 2"})
  void whatIsNoJsonIsQuoted(String printed, int status) throws IOException {
    Files.writeString(folder.resolve("answer"), printed);
    program("test", "cat " + folder + "/answer; exit " + status);
    assertEquals(
        "CNI plugin test (CHECK) ended with "
            + status
            + " and printed what is no JSON object: "
            + printed,
        assertThrows(SystemFailure.class, () -> call("CHECK")).getMessage());
  }

  @Test
  void aLongAnswerIsQuotedInPart() throws IOException {
    Files.writeString(folder.resolve("answer"), "x y".repeat(1000));
    program("test", "cat " + folder + "/answer");
    String message = assertThrows(SystemFailure.class, () -> call("ADD")).getMessage();
    assertTrue(message.endsWith("..."), message);
    assertTrue(message.length() < 400, () -> "of length " + message.length());
  }

  @Test
  void aProgramThatIsNotInstalledIsNamedWithTheFolders() throws IOException {
    Files.writeString(folder.resolve("test"), "not executable");
    assertEquals(
        "CNI plugin test was not found in "
            + folder.resolve("absent")
            + ":"
            + folder
            + ": install it (Debian: containernetworking-plugins) or name its folder with"
            + " -o bin-dir=",
        assertThrows(Unavailable.class, () -> call("ADD")).getMessage());
  }
}
