package io.jdocker.network.survey;

import static io.jdocker.network.survey.LinkOnPaper.link;
import static io.jdocker.network.survey.LinkOnPaper.loopback;
import static io.jdocker.network.survey.SurveyOnPaper.sandbox;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Ipv4;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places, their links, whose they are, and where others may be found. */
class PlacesTest {
  @TempDir private Path folder;

  @Test
  void aPlaceIsCalledAsAPersonWouldCallIt() {
    assertEquals("host", PlaceOnPaper.host().build().title());
    Sandbox web = sandbox("web", "shop", "172.18.0.2/16");
    assertEquals("container web", PlaceOnPaper.container(web).build().title());
    assertEquals("namespace ns1", PlaceOnPaper.foreign("ns1").build().title());
    assertEquals("process 7 (sh)", PlaceOnPaper.foreign("process 7 (sh)").build().title());
  }

  @Test
  void linksAreFoundByNumberNameAndAddress() {
    Place place =
        PlaceOnPaper.host()
            .with(loopback())
            .with(link(3, "br0").kind("bridge").address("10.0.0.1/24").address("fd00::1/64"))
            .with(link(4, "p1").portOf(3))
            .with(link(5, "p2").portOf(3))
            .with(link(6, "p3").portOf(9))
            .build();
    SeenLink bridge = place.link(3).orElseThrow();
    assertEquals(List.of(4, 5), place.ports(bridge).stream().map(SeenLink::index).toList());
    assertEquals(Optional.of(bridge), place.holder(Ipv4.of("10.0.0.1")));
    assertEquals(Optional.empty(), place.holder(Ipv4.of("10.0.0.2")));
    assertEquals(Optional.empty(), place.link("br1"));
    assertEquals(Optional.empty(), place.link(0));
    assertEquals(1, bridge.ipv4().size(), "IPv6 is no IPv4");
  }

  @Test
  void theFirstDefaultRouteCounts() {
    Place place =
        PlaceOnPaper.host()
            .route("10.0.0.0/8", 2)
            .defaultRoute("192.0.2.1", 3)
            .defaultRoute("192.0.2.2", 4)
            .build();
    assertEquals(3, place.defaultRoute().orElseThrow().link());
    assertEquals(Optional.empty(), PlaceOnPaper.host().build().defaultRoute());
  }

  @ParameterizedTest
  @CsvSource({"macvlan, true", "ipvlan, true", "vlan, true", "veth, false", "bridge, false"})
  void theseStandUponAnother(String kind, boolean stacked) {
    assertEquals(stacked, link(2, "x").kind(kind).build().isStacked());
  }

  @Test
  void anEndIsFoundHereThereOrNowhere() {
    PlaceOnPaper host =
        PlaceOnPaper.host()
            .with(link(2, "a").kind("veth").tiedTo(3))
            .with(link(3, "b").kind("veth").tiedTo(2))
            .with(link(4, "c").kind("veth").tiedTo(2, 1))
            .with(link(5, "d").kind("veth").tiedTo(9, 1))
            .with(link(6, "e").kind("veth").tiedTo(2, 8))
            .with(link(7, "f"))
            .knows(1, "ns1")
            .knows(2, "gone");
    Survey survey =
        SurveyOnPaper.of(host, PlaceOnPaper.foreign("ns1").with(link(2, "z").kind("veth")));
    assertEquals("b", other(survey, "a"));
    assertEquals("z", other(survey, "c"));
    for (String lost : List.of("d", "e", "f")) {
      assertEquals("", other(survey, lost));
    }
  }

  private static String other(Survey survey, String link) {
    Place host = survey.host();
    return survey
        .other(new LinkEnd(host, host.link(link).orElseThrow()))
        .map(e -> e.link().name())
        .orElse("");
  }

  @Test
  void whatTheEnginesRecordsNameIsTheEngines() {
    Owners owners =
        new Owners(
            List.of(SurveyOnPaper.network("shop", "br-shop", "172.18.0.0/16")),
            List.of(sandbox("web", "shop", "172.18.0.2/16")));
    List<SeenLink> seen =
        owners.links(
            Place.Kind.HOST,
            List.of(
                link(9, "tap0").kind("tun").build().detail(),
                link(4, "vethweb").kind("veth").build().detail(),
                link(3, "br-shop").kind("bridge").build().detail(),
                link(2, "eth0").build().detail(),
                link(1, "lo").build().detail()),
            List.of());
    assertEquals(
        List.of(
            new Owner.Machine(),
            new Owner.Machine(),
            new Owner.Engine("shop"),
            new Owner.Engine("shop"),
            new Owner.Foreign()),
        seen.stream().map(SeenLink::owner).toList(),
        "by index");
    assertTrue(
        owners
            .links(Place.Kind.FOREIGN, List.of(link(2, "eth0").build().detail()), List.of())
            .get(0)
            .owner()
            .isForeign());
  }

  @Test
  void aContainerCalledHostIsKnownByItsId() {
    assertEquals("host00000000", Owners.placeOf(sandbox("host", "shop", "172.18.0.2/16")));
    assertEquals("web", Owners.placeOf(sandbox("web", "shop", "172.18.0.2/16")));
  }

  @Test
  void aSharedNamespaceIsThatOfItsFirstContainer() {
    Sandbox web = sandbox("web", "shop", "172.18.0.2/16");
    Sandbox side =
        sandbox("side", new NetworkMode.Container(web.containerId()), web.namespacePath());
    Sandbox onHost = sandbox("h", new NetworkMode.Host(), Optional.empty());
    List<Sandbox> all = List.of(side, web, onHost);
    assertEquals(List.of(web), Owners.first(all));
    Owners owners = new Owners(List.of(), all);
    assertEquals(List.of(web, side), owners.in("web", Place.Kind.CONTAINER, all));
    assertEquals(List.of(onHost), owners.in("host", Place.Kind.HOST, all));
    assertEquals(List.of(), owners.in("ns1", Place.Kind.FOREIGN, all));
  }

  private void process(String number, String namespace, String command) throws IOException {
    Path process = Files.createDirectories(folder.resolve(number).resolve("ns")).getParent();
    Files.createSymbolicLink(process.resolve("ns/net"), Path.of(namespace));
    Files.writeString(process.resolve("comm"), command + "\n");
  }

  @Test
  void oneProcessStandsForEachNamespaceTheOldestFirst() throws IOException {
    process("10", "net:[1]", "bash");
    process("9", "net:[1]", "init");
    process("100", "net:[2]", "nginx");
    Files.createDirectory(folder.resolve("sys"));
    Files.createDirectory(folder.resolve("77")); // it ended while we looked
    assertEquals(
        List.of("process 9 (init)", "process 100 (nginx)"),
        new Candidates(folder, folder).ofProcesses().stream().map(c -> c.name()).toList());
  }

  @Test
  void whatAProcessCallsItselfDoesNotReachATerminal() throws IOException {
    process("5", "net:[1]", "\u001b[31mred\u0007\nx");
    String name = new Candidates(folder, folder).ofProcesses().get(0).name();
    assertFalse(name.chars().anyMatch(Character::isISOControl), "prctl(2) takes any bytes");
    assertTrue(name.contains("[31mred"));
  }

  @Test
  void aNameThatIsNoTextDoesNotHideTheNamespace() throws IOException {
    process("5", "net:[1]", "");
    Files.write(folder.resolve("5/comm"), new byte[] {'c', 'a', 'f', (byte) 0xe9, '\n'});
    assertEquals(
        List.of("process 5 (caf\ufffd)"),
        new Candidates(folder, folder).ofProcesses().stream().map(c -> c.name()).toList());
  }

  @Test
  void namesOfNamespacesAreInOrderAndMayBeNone() throws IOException {
    for (String name : List.of("b", "a", "c")) {
      Files.createFile(folder.resolve(name));
    }
    assertEquals(
        List.of("a", "b", "c"),
        new Candidates(folder, folder).named().stream().map(c -> c.name()).toList());
    assertEquals(List.of(), new Candidates(folder.resolve("absent"), folder).named());
  }
}
