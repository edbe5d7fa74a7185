package io.jdocker.network.graph;

import static io.jdocker.network.survey.LinkOnPaper.link;
import static io.jdocker.network.survey.LinkOnPaper.loopback;
import static io.jdocker.network.survey.SurveyOnPaper.endpoint;
import static io.jdocker.network.survey.SurveyOnPaper.sandbox;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.Network;
import io.jdocker.network.NetworkMode;
import io.jdocker.network.Sandbox;
import io.jdocker.network.survey.PlaceOnPaper;
import io.jdocker.network.survey.Survey;
import io.jdocker.network.survey.SurveyOnPaper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The picture for a terminal, line by line. */
class TextPictureTest {
  @Test
  void anEmptyHostIsTheHostAlone() {
    assertEquals("host\n", TextPicture.draw(SurveyOnPaper.of(PlaceOnPaper.host())));
    assertEquals(
        "host\n", TextPicture.draw(SurveyOnPaper.of(PlaceOnPaper.host().with(loopback()))));
  }

  @Test
  void aContainerHangsOnItsBridge() {
    assertEquals(
        """
        host
        │
        ├── eth0             #2    192.0.2.7/24       uplink, default route via 192.0.2.1
        │
        └── br-shop          #3    172.18.0.1/16      bridge of network shop
            └── vethweb          #4 ════ eth0             #2    172.18.0.2/16      container web
                    published 0.0.0.0:8080 -> 80/tcp
        """,
        TextPicture.draw(TownFixture.oneContainer()));
  }

  @Test
  void aLongNameDoesNotSwallowItsNumberOrItsAddress() {
    String longest = "abcdefghijklmno";
    String altogether = "an-alias-of-more-than-any-column-has";
    String picture =
        TextPicture.draw(
            SurveyOnPaper.of(
                PlaceOnPaper.host()
                    .with(link(123456, longest).address("192.0.2.7/24"))
                    .with(
                        link(2147483647, altogether)
                            .address("2001:db8:1111:2222:3333:4444:5555:6666/128"))));
    assertTrue(picture.contains(longest + "  #123456"), picture);
    assertTrue(
        picture.contains(
            altogether + " #2147483647 2001:db8:1111:2222:3333:4444:5555:6666/128 uplink"),
        picture);
    assertTrue(picture.lines().noneMatch(l -> l.endsWith(" ")), picture);
  }

  @Test
  void everyAddressOfALinkIsInItsLine() {
    String picture =
        TextPicture.draw(
            SurveyOnPaper.of(
                PlaceOnPaper.host()
                    .with(link(2, "eth0").address("192.0.2.7/24").address("2001:db8::7/64"))));
    assertTrue(picture.contains("192.0.2.7/24 2001:db8::7/64 uplink"), picture);
  }

  @Test
  void whatIsForeignIsCalledSo() {
    String picture = TextPicture.draw(TownFixture.foreigners());
    List<String> lines = picture.lines().toList();
    assertEquals("└── virbr\"<&>        #7                       bridge, foreign", lines.get(2));
    assertTrue(lines.get(3).contains("tap0             #8 ════ up               #3"), picture);
    assertTrue(lines.get(3).endsWith("process 12 (a \"b\" <c>) (foreign)"), picture);
  }

  @Test
  void aPairBetweenOthersIsDrawnOnceAndAside() {
    List<String> lines = TextPicture.draw(TownFixture.foreigners()).lines().toList();
    int title = lines.lastIndexOf("process 12 (a \"b\" <c>)");
    assertEquals("", lines.get(title - 1));
    assertTrue(lines.get(title + 1).startsWith("    left             #4 ════ right"));
    assertTrue(lines.get(title + 1).endsWith("10.9.0.1/30        namespace ns2 (foreign)"));
    assertEquals(1, lines.stream().filter(l -> l.contains("right")).count());
  }

  @Test
  void aPairWhoseOtherEndNobodyCanNameIsAnUplink() {
    String picture =
        TextPicture.draw(
            SurveyOnPaper.of(
                PlaceOnPaper.host().with(link(5, "veth5").kind("veth").tiedTo(9, 3).foreign())));
    assertTrue(picture.contains("veth, uplink, foreign"), picture);
  }

  @Test
  void aPairWithBothEndsOnTheHostLeadsFromEachToTheOther() {
    String picture =
        TextPicture.draw(
            SurveyOnPaper.of(
                PlaceOnPaper.host()
                    .with(link(5, "one").kind("veth").tiedTo(6).foreign())
                    .with(link(6, "two").kind("veth").tiedTo(5).foreign())));
    assertEquals(2, picture.lines().filter(l -> l.contains("════")).count(), picture);
    assertFalse(picture.contains("uplink"), picture);
  }

  @Test
  void whatStandsUponALinkHangsBelowIt() {
    Sandbox db = sandbox("db", "lan", "192.0.2.50/24");
    Survey survey =
        SurveyOnPaper.of(
            PlaceOnPaper.host()
                .with(link(2, "eth0").address("192.0.2.7/24"))
                .with(link(3, "eth0.5").kind("vlan").tiedTo(2).foreign().down())
                .knows(0, "db"),
            PlaceOnPaper.container(db)
                .with(loopback())
                .with(
                    link(2, "eth0")
                        .kind("macvlan")
                        .mode("bridge")
                        .tiedTo(2, 0)
                        .address("192.0.2.50/24")
                        .ofNetwork(""))
                .knows(0, "host"));
    List<String> lines = TextPicture.draw(survey).lines().toList();
    assertEquals(5, lines.size(), lines.toString());
    assertTrue(lines.get(2).startsWith("└── eth0 "), lines.get(2));
    assertTrue(lines.get(3).startsWith("    ├── eth0.5 "), lines.get(3));
    assertTrue(lines.get(3).endsWith("vlan, down, foreign"), lines.get(3));
    assertTrue(lines.get(4).startsWith("    └── eth0 "), lines.get(4));
    assertTrue(lines.get(4).endsWith("container db, macvlan bridge"), lines.get(4));
  }

  @Test
  void aVxlanNamesItsPeersInOrder() {
    Survey survey =
        SurveyOnPaper.of(
            PlaceOnPaper.host()
                .with(link(6, "flannel.1").vxlan(1).foreign())
                .forwards(6, "02:42:00:00:00:02", "192.0.2.3")
                .forwards(6, "02:42:00:00:00:01", "192.0.2.9")
                .forwards(6, "33:33:00:00:00:01", "")
                .forwards(7, "02:42:00:00:00:07", "192.0.2.4"));
    List<String> lines = TextPicture.draw(survey).lines().toList();
    assertTrue(lines.get(2).endsWith("vxlan 1, foreign"), lines.get(2));
    assertEquals("    ├── 02:42:00:00:00:01 behind host 192.0.2.9", lines.get(3));
    assertEquals("    └── 02:42:00:00:00:02 behind host 192.0.2.3", lines.get(4));
    assertEquals(5, lines.size());
  }

  @Test
  void containersThatShareANamespaceAreNamedBelow() {
    Sandbox side =
        sandbox(
            "sidecar",
            new NetworkMode.Container(TownFixture.WEB.containerId()),
            TownFixture.WEB.namespacePath());
    String picture =
        TextPicture.draw(
            SurveyOnPaper.of(
                PlaceOnPaper.host()
                    .with(link(4, "vethweb").kind("veth").tiedTo(2, 0).ofNetwork("shop"))
                    .knows(0, "web"),
                TownFixture.webPlace().with(side)));
    assertEquals(
        1, picture.lines().filter(l -> l.endsWith("    shared by container sidecar")).count());
  }

  @Test
  void containersWithoutALinkAreListedAtTheEnd() {
    Sandbox host = sandbox("onhost", new NetworkMode.Host(), Optional.empty());
    Sandbox none =
        sandbox(
            "alone",
            new NetworkMode.None(),
            Optional.of(Path.of("/run/netns/alone")),
            endpoint("alone", Network.NONE, "", "", ""));
    Path path = Path.of("/run/netns/other");
    Sandbox joined = sandbox("guest", new NetworkMode.NamespacePath(path), Optional.of(path));
    String picture =
        TextPicture.draw(
            SurveyOnPaper.of(
                List.of(),
                List.of(host, none, joined),
                PlaceOnPaper.host(),
                PlaceOnPaper.container(none).with(loopback())));
    assertTrue(
        picture.endsWith(
            """

            container alone   no network: only lo
            container onhost   the host's own network
            container guest   in namespace /run/netns/other
            """),
        picture);
  }

  @Test
  void aContainerOfNoNetworkThatGotALinkByHandHasMoreThanLoopback() {
    Sandbox none =
        sandbox(
            "alone",
            new NetworkMode.None(),
            Optional.of(Path.of("/run/netns/alone")),
            endpoint("alone", Network.NONE, "", "", ""));
    String picture =
        TextPicture.draw(
            SurveyOnPaper.of(
                PlaceOnPaper.host(),
                PlaceOnPaper.container(none).with(loopback()).with(link(2, "dummy0"))));
    assertFalse(picture.contains("only lo"), picture);
  }
}
