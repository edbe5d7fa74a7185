package io.jdocker.network.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Cidr;
import io.jdocker.network.Endpoint;
import io.jdocker.network.Ipv4;
import io.jdocker.network.Link;
import io.jdocker.network.MacAddress;
import io.jdocker.network.NamesSpec;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFolderTest {
  @TempDir private Path folder;

  private StateFolder<SandboxState> states() {
    return new StateFolder<>(folder.resolve("s"), SandboxState.class);
  }

  private static SandboxState state(NetworkMode mode) {
    Endpoint endpoint =
        new Endpoint(
            "e1",
            "n1",
            "bridge",
            "eth0",
            "veth1",
            Optional.of(Cidr.of("172.17.0.2/16")),
            Optional.empty(),
            MacAddress.parse("02:42:ac:11:00:02"),
            true,
            false,
            List.of("db"));
    Sandbox sandbox =
        new Sandbox(
            "s1",
            "c1",
            "web",
            mode,
            Optional.of(Path.of("/run/x")),
            "web",
            List.of(endpoint),
            List.of(new PortBinding(Port.tcp(80), "::", 8080)),
            List.of("A=b"));
    return new SandboxState(
        sandbox,
        true,
        List.of(new Link("c2", "other", "db", Set.of(Port.udp(53)), List.of("X=y"))),
        Optional.of(NamesSpec.of(Path.of("/names"), "box")),
        40000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bridge", "host", "none", "container:c9", "ns:/run/netns/x", "blue"})
  void whatIsWrittenIsReadAgain(String mode) {
    SandboxState state = state(NetworkMode.parse(mode));
    states().write("c1", state);
    assertEquals(List.of(state), states().load().objects());
    states().delete("c1");
    states().delete("c1");
    assertEquals(List.of(), states().load().objects());
  }

  @Test
  void filesAreForPeopleToReadToo() throws IOException {
    states().write("c1", state(new NetworkMode.Bridge()));
    String text = Files.readString(folder.resolve("s/c1.json"));
    assertTrue(text.contains("\"address\": \"172.17.0.2/16\""), text);
    assertTrue(text.contains("\"container\": \"80/tcp\""), text);
    assertTrue(text.contains("\"gateway\": null"), text);
  }

  @Test
  void leftoversOfACrashAreSwept() throws IOException {
    states().write("c1", state(new NetworkMode.Bridge()));
    Path leftover = Files.createFile(folder.resolve("s/.c2.json.tmp"));
    assertEquals(1, states().load().objects().size());
    assertFalse(Files.exists(leftover));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "null",
        "\u0000\u0000",
        "{\"sandbox\": {\"mode\": 7}}",
        "{\"sandbox\": null, \"owned\": true, \"links\": [], \"names\": null} trailing"
      })
  void aDamagedFileIsKeptAsideAndTheOthersAreRead(String damage) throws IOException {
    SandboxState other = state(new NetworkMode.None());
    states().write("c1", state(new NetworkMode.Bridge()));
    states().write("c2", other);
    Files.writeString(folder.resolve("s/c1.json"), damage);

    StateFolder.Loaded<SandboxState> loaded = states().load();

    assertEquals(List.of(other), loaded.objects());
    assertEquals(Set.of("c1"), loaded.damaged());
    assertEquals(damage, Files.readString(folder.resolve("s/c1.json.damaged")));
    assertEquals(Set.of(), states().load().damaged(), "told once");
  }

  @Test
  void aFileDamagedAgainReplacesTheOneKeptAside() throws IOException {
    for (String damage : List.of("first", "second")) {
      states().write("c1", state(new NetworkMode.Bridge()));
      Files.writeString(folder.resolve("s/c1.json"), damage);
      states().load();
    }
    assertEquals("second", Files.readString(folder.resolve("s/c1.json.damaged")));
  }

  @Test
  void anIdCannotLeaveTheFolder() {
    assertThrows(
        IllegalArgumentException.class,
        () -> states().write("../c1", state(new NetworkMode.None())));
  }

  @Test
  void addressesOfAnEmptyOptionalStayEmpty() {
    states().write("c1", state(new NetworkMode.UserNetwork("blue")));
    Optional<Ipv4> gateway =
        states().load().objects().get(0).sandbox().endpoints().get(0).gateway();
    assertEquals(Optional.empty(), gateway);
  }
}
