package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks made by CNI plugins: here shell scripts, which write down how they were called. */
final class CniIT extends DualStackFixture {
  /** A pair of links: 10.77.0.1 on the host, 10.77.0.2 in the container. */
  private static final String PAIR =
      """
      #!/bin/sh
      { echo "$CNI_COMMAND $CNI_CONTAINERID $CNI_NETNS $CNI_IFNAME"; cat; echo; } >> BASE/calls
      case $CNI_COMMAND in
      ADD)
        ip link add cni77 type veth peer name "$CNI_IFNAME" netns "${CNI_NETNS##*/}" || exit 1
        ip addr add 10.77.0.1/24 dev cni77; ip link set cni77 up
        ip -n "${CNI_NETNS##*/}" addr add 10.77.0.2/24 dev "$CNI_IFNAME"
        ip -n "${CNI_NETNS##*/}" link set "$CNI_IFNAME" up
        ip -n "${CNI_NETNS##*/}" route add default via 10.77.0.1
        cat <<'END'
      {"cniVersion":"1.0.0",
       "interfaces":[{"name":"cni77","mac":"02:00:00:00:00:01"},
        {"name":"eth0","mac":"02:42:0a:4d:00:02","sandbox":"/x"}],
       "ips":[{"address":"10.77.0.2/24","gateway":"10.77.0.1","interface":1}],
       "routes":[{"dst":"0.0.0.0/0"}]}
      END
      ;;
      DEL) ip link del cni77 2>/dev/null || true ;;
      esac
      """;

  private Path base;

  @BeforeEach
  void plugins() throws IOException {
    base = Files.createDirectories(root.resolve("cni-test"));
    program("pair", PAIR.replace("BASE", base.toString()));
    program(
        "last",
        "#!/bin/sh\necho \"last $CNI_COMMAND\" >> "
            + base
            + "/calls\nsed 's/.*\"prevResult\"://; s/}$//'\n");
  }

  private void program(String name, String text) throws IOException {
    Path file = base.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Network make(String configuration) {
    try {
      Path file = base.resolve("net.conflist");
      Files.writeString(file, configuration);
      return createFrom(Map.of("conf", file.toString(), "bin-dir", base.toString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Network createFrom(Map<String, String> options) {
    NetworkSpec spec =
        new NetworkSpec(
            "plugged",
            "cni",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            false,
            false,
            false,
            options,
            Map.of());
    return host.with(n -> n.create(spec));
  }

  private static String list(String... types) {
    StringBuilder plugins = new StringBuilder();
    for (String type : types) {
      plugins.append(plugins.length() == 0 ? "" : ",").append("{\"type\":\"" + type + "\"}");
    }
    return "{\"cniVersion\":\"1.0.0\",\"name\":\"lab\",\"plugins\":[" + plugins + "]}";
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(base.resolve("calls")).stream()
        .filter(line -> line.matches("(last )?(ADD|DEL|CHECK).*"))
        .map(line -> line.replaceFirst(" [0-9a-f]{64} .*", ""))
        .toList();
  }

  @Test
  void pluginsMakeTheLinkAndTellItsAddress() throws IOException {
    make(list("pair", "last"));
    Sandbox one = attach(1, "plugged");
    Endpoint endpoint = one.endpoints().get(0);
    assertEquals("10.77.0.2/24", endpoint.address().orElseThrow().toString());
    assertEquals("10.77.0.1", endpoint.gateway().orElseThrow().toString());
    assertEquals("02:42:0a:4d:00:02", endpoint.mac().orElseThrow().toString());
    assertTrue(reaches(one, "10.77.0.1"));
    String told = Files.readString(base.resolve("calls"));
    assertTrue(told.contains("ADD " + endpoint.id() + " /run/netns/u1 eth0"), told);
    assertTrue(told.contains("\"name\":\"lab\""), told);
    assertEquals(endpoint, host.with(n -> n.members("plugged")).get(0).endpoint());

    host.stop();
    assertEquals(
        List.of(),
        host.start(NetworkOptions.of(root).withSpareNamespaces(0), Set.of(TestHost.id(1))));
    Files.delete(base.resolve("net.conflist"));
    host.detach(TestHost.id(1));
    assertEquals(
        List.of("ADD", "last ADD", "CHECK", "last CHECK", "last DEL", "DEL"),
        calls(),
        "taken back in reverse by the list of its start");
    told = Files.readString(base.resolve("calls"));
    assertTrue(told.lines().filter(l -> l.contains("\"prevResult\"")).count() >= 2, told);
  }

  @Test
  void aRunningContainerIsConnectedAndDisconnected() throws IOException {
    program(
        "pair",
        PAIR.replace("BASE", base.toString())
            .replace("ip -n \"${CNI_NETNS##*/}\" route add default via 10.77.0.1", ":")
            .replace(",\n \"routes\":[{\"dst\":\"0.0.0.0/0\"}]", ""));
    make(list("pair"));
    host.attachBridge(1);
    Endpoint joined =
        host.with(n -> n.connect(TestHost.id(1), "plugged", EndpointSpec.on("plugged")));
    assertEquals("eth1", joined.link());
    assertEquals("10.77.0.2/24", joined.address().orElseThrow().toString());
    host.with(
        n -> {
          n.disconnect(TestHost.id(1), "plugged", false);
          return true;
        });
    assertEquals(List.of("ADD", "DEL"), calls());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo '{\"code\":7,\"msg\":\"no more addresses\",\"details\":\"of 10/8\"}'; exit 1 | failed with 1: no more addresses: of 10/8",
        "exit 3 | failed with 3: it says nothing more",
        "echo hello | printed what is no JSON object: hello",
        "echo '[1]' | printed what is no JSON object: [1]",
        "echo '{\"ips\":7}' | not as the specification has it",
        "echo '{\"ips\":[{\"address\":{}}]}' | not as the specification has it",
      })
  void aPluginThatFailsIsNamedAndTheOthersTakeBackWhatTheyDid(String body, String words)
      throws IOException {
    program("bad", "#!/bin/sh\n[ $CNI_COMMAND = DEL ] && exit 0\ncat >/dev/null\n" + body + "\n");
    make(list("pair", "bad"));
    EngineException failed = assertThrows(SystemFailure.class, () -> attach(1, "plugged"));
    assertTrue(failed.getMessage().contains(words), failed.getMessage());
    assertEquals(List.of("ADD", "DEL"), calls());
    assertFalse(host.machines().shell("ip link show cni77").status() == 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not JSON | is no CNI configuration",
        "[] | is no CNI configuration",
        "{\"cniVersion\":\"1.0.0\",\"plugins\":[{\"type\":\"pair\"}]} | it needs a name",
        "{\"cniVersion\":\"1.0.0\",\"name\":\"a\",\"plugins\":[]} | it needs a name",
        "{\"cniVersion\":\"1.0.0\",\"name\":\"a\",\"plugins\":[{}]} | with a type each",
        "{\"cniVersion\":\"1.0.0\",\"name\":\"a\",\"plugins\":[7]} | with a type each",
        "{\"cniVersion\":\"1.0.0\",\"name\":\"a\",\"type\":\"../pair\"} | with a type each",
        "{\"cniVersion\":\"0.1.0\",\"name\":\"a\",\"type\":\"pair\"} | 0.3.0 to 1.0.0 are understood",
      })
  void aConfigurationThatIsNoneIsRefused(String text, String words) {
    String told = assertThrows(InvalidArgument.class, () -> make(text)).getMessage();
    assertTrue(told.contains(words), told);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThrows(Unavailable.class, () -> make(list("pair", "nosuchplugin")));
    assertThrows(NotFound.class, () -> createFrom(Map.of("conf", "/nowhere/a.conflist")));
    assertThrows(NotFound.class, () -> createFrom(Map.of("conf", "no-such-list")));
    assertThrows(InvalidArgument.class, () -> createFrom(Map.of("conf", "../a")));
    assertThrows(InvalidArgument.class, () -> createFrom(Map.of()));
    assertThrows(InvalidArgument.class, () -> createFrom(Map.of("conf", "a", "x", "y")));
  }

  /** The programs of Debian's containernetworking-plugins. */
  @Test
  @Tag("nightly")
  void debiansPluginsWork() {
    make(
        """
        {"cniVersion":"1.0.0","name":"lab","plugins":[
         {"type":"bridge","bridge":"cnilab0","isGateway":true,"ipMasq":true,
          "ipam":{"type":"host-local","dataDir":"BASE/leases","routes":[{"dst":"0.0.0.0/0"}],
           "ranges":[[{"subnet":"10.78.0.0/24"}]]}}]}
        """
            .replace("BASE", base.toString()),
        "/usr/lib/cni");
    Sandbox one = attach(1, "plugged");
    Sandbox two = attach(2, "plugged");
    assertEquals("10.78.0.2", four(one));
    assertTrue(reaches(one, four(two)));
    assertTrue(reaches(one, "203.0.113.2"), "out into the world");
    host.detach(TestHost.id(1));
    host.detach(TestHost.id(2));
    host.machines().shell("ip link del cnilab0; iptables -t nat -F; iptables -t nat -X");
  }

  private void make(String configuration, String programs) {
    try {
      Path file = Files.writeString(base.resolve("real.conflist"), configuration);
      createFrom(Map.of("conf", file.toString(), "bin-dir", programs));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
