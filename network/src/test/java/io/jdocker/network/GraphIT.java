package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.linux.Kernel;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The picture of a host, held against what {@code ip} shows of it. */
class GraphIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final String FOREIGN = "jd-graph-" + ProcessHandle.current().pid();

  @TempDir private Path root;
  private TestHost host;

  @BeforeEach
  void open() {
    host = new TestHost(KERNEL, root);
  }

  @AfterEach
  void close() {
    host.machines().shell("ip netns del " + FOREIGN);
    host.close();
  }

  private String graph(NetworkSight.Format format) {
    return host.with(n -> n.sight().graph(format));
  }

  private String line(String picture, String part) {
    return picture.lines().filter(l -> l.contains(part)).findFirst().orElse("no " + part);
  }

  private String index(String link) {
    return host.machines().shell("ip -o link show dev " + link + " | cut -d: -f1").output();
  }

  @Test
  void aVethPairIsDrawnWithBothIndicesAndItsContainersPorts() {
    Sandbox web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    String veth = web.endpoints().get(0).hostLink();
    String inside = host.in(web, "ip -o link show dev eth0 | cut -d: -f1").output();
    String picture = graph(NetworkSight.Format.TEXT);
    String line = line(picture, veth);
    assertTrue(
        line.matches(
            ".*"
                + veth
                + " +#"
                + index(veth)
                + " ════ eth0 +#"
                + inside
                + " +172.17.0.2/16 +container c1"),
        picture);
    assertTrue(picture.contains("published 0.0.0.0:8080 -> 80/tcp"), picture);
    assertTrue(
        line(picture, "jdocker0").endsWith("172.17.0.1/16      bridge of network bridge"), picture);
    assertTrue(line(picture, "jt0").endsWith("veth, uplink, foreign"), picture);
    assertFalse(line.contains("foreign"), picture);
  }

  @Test
  void whatOthersMadeIsMarkedForeignAndFollowedIntoItsNamespace() {
    host.machines()
        .shell(
            "ip netns add "
                + FOREIGN
                + " && ip link add br-lab type bridge && ip link set br-lab up"
                + " && ip link add lab0 type veth peer name lab1 netns "
                + FOREIGN
                + " && ip link set lab0 master br-lab up"
                + " && ip -n "
                + FOREIGN
                + " addr add 10.9.0.2/24 dev lab1");
    String picture = graph(NetworkSight.Format.TEXT);
    assertTrue(line(picture, "br-lab").endsWith("bridge, foreign"), picture);
    assertTrue(
        line(picture, "lab0")
            .matches(
                ".*lab0 +#\\d+ ════ lab1 +#\\d+ +10.9.0.2/24 +namespace "
                    + FOREIGN
                    + " \\(foreign\\)"),
        picture);
    host.machines().shell("ip link del lab0; ip link del br-lab");
  }

  @Test
  void theWayOutAndContainersWithoutLinksAreTold() {
    host.machines().shell("ip route add default via 203.0.113.2");
    host.attach(SandboxRequest.of(TestHost.id(1), "own", new NetworkMode.Host()));
    host.attach(SandboxRequest.of(TestHost.id(2), "alone", new NetworkMode.None()));
    Sandbox first = host.attachBridge(3);
    host.attach(
        SandboxRequest.of(TestHost.id(4), "guest", new NetworkMode.Container(first.containerId())));
    String picture = graph(NetworkSight.Format.TEXT);
    assertTrue(
        picture.contains("203.0.113.1/24     veth, uplink, default route via 203.0.113.2"),
        picture);
    assertTrue(picture.contains("container own   the host's own network"), picture);
    assertTrue(picture.contains("container alone   no network: only lo"), picture);
    assertTrue(picture.contains("shared by container guest"), picture);
    host.machines().shell("ip route del default");
  }

  @Test
  void inJsonEachEndNamesTheOther() {
    Sandbox web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    JsonArray places =
        JsonParser.parseString(graph(NetworkSight.Format.JSON))
            .getAsJsonObject()
            .getAsJsonArray("Namespaces");
    JsonObject veth =
        named(named(places, "host").getAsJsonArray("Links"), web.endpoints().get(0).hostLink());
    JsonObject eth0 = named(named(places, "c1").getAsJsonArray("Links"), "eth0");
    assertEquals(veth.get("Index"), eth0.getAsJsonObject("Peer").get("Index"));
    assertEquals("host", eth0.getAsJsonObject("Peer").get("Namespace").getAsString());
    assertEquals(eth0.get("Index"), veth.getAsJsonObject("Peer").get("Index"));
    assertEquals("jdocker0", veth.get("Master").getAsString());
    assertEquals("172.17.0.2/16", eth0.getAsJsonArray("Addresses").get(0).getAsString());
    assertEquals(
        TestHost.id(1),
        named(places, "c1")
            .getAsJsonArray("Containers")
            .get(0)
            .getAsJsonObject()
            .get("Id")
            .getAsString());
  }

  /** Every text of the SVG by its box' lines, after an XML parser has taken it. */
  private static List<String> texts(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    NodeList nodes =
        factory
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)))
            .getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void theSvgIsWellFormedAndHasEveryLinkOnceWithALineForEachPair() throws Exception {
    Sandbox web = host.attachBridge(1, PortMapping.of(8080, Port.tcp(80)));
    host.attachBridge(2);
    String svg = graph(NetworkSight.Format.SVG);
    List<String> texts = texts(svg);
    String veth = web.endpoints().get(0).hostLink();
    assertEquals(1, texts.stream().filter(t -> t.equals(veth + " #" + index(veth))).count(), svg);
    assertTrue(texts.contains("container c1") && texts.contains("container c2"), svg);
    assertTrue(texts.contains("0.0.0.0:8080 -> 80/tcp"), svg);
    assertEquals(2, svg.split("class=\"wire\"", -1).length - 1, svg);
    assertTrue(svg.contains("prefers-color-scheme: dark") && !svg.contains("href"), svg);
  }

  @Test
  void dotHasANodeForEachLinkAndAnEdgeForEachPair() {
    Sandbox web = host.attachBridge(1);
    String veth = web.endpoints().get(0).hostLink();
    String dot = graph(NetworkSight.Format.DOT);
    assertTrue(dot.startsWith("graph network {") && dot.endsWith("}\n"), dot);
    assertTrue(dot.contains("\"c1/eth0\" -- \"host/" + veth + "\" [penwidth=2];"), dot);
    assertTrue(dot.contains("\"host/" + veth + "\" -- \"host/jdocker0\";"), dot);
    assertEquals(
        dot.chars().filter(c -> c == '{').count(), dot.chars().filter(c -> c == '}').count());
  }

  private static JsonObject named(JsonArray objects, String name) {
    for (JsonElement each : objects) {
      if (each.getAsJsonObject().get("Name").getAsString().equals(name)) {
        return each.getAsJsonObject();
      }
    }
    throw new AssertionError("no " + name + " in " + objects);
  }
}
