package io.jdocker.network.doctor;

import static io.jdocker.network.survey.LinkOnPaper.link;
import static io.jdocker.network.survey.LinkOnPaper.loopback;
import static io.jdocker.network.survey.SurveyOnPaper.endpoint;
import static io.jdocker.network.survey.SurveyOnPaper.network;
import static io.jdocker.network.survey.SurveyOnPaper.sandbox;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.NetworkMode;
import io.jdocker.network.Sandbox;
import io.jdocker.network.survey.LinkOnPaper;
import io.jdocker.network.survey.PlaceOnPaper;
import io.jdocker.network.survey.Survey;
import io.jdocker.network.survey.SurveyOnPaper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the checks of links and routes say of hosts that a test has made up. */
class LinkChecksTest {
  private static final Sandbox WEB = sandbox("web", "shop", "172.18.0.2/16");

  @TempDir private Path folder;

  private List<Finding> look(Check check, Survey survey) {
    return check.look(new PatientOnPaper(folder).seen(survey).build());
  }

  private static LinkOnPaper bridge() {
    return link(3, "br-shop").kind("bridge").address("172.18.0.1/16").ofNetwork("shop");
  }

  private static LinkOnPaper port() {
    return link(4, "vethweb").kind("veth").portOf(3).tiedTo(2, 0).ofNetwork("shop");
  }

  private static PlaceOnPaper host() {
    return PlaceOnPaper.host().with(loopback()).knows(0, "web");
  }

  private static PlaceOnPaper web(int mtu) {
    return PlaceOnPaper.container(WEB)
        .with(loopback())
        .with(link(2, "eth0").kind("veth").tiedTo(4, 0).mtu(mtu).ofNetwork(""))
        .knows(0, "host");
  }

  private static Survey survey(PlaceOnPaper... places) {
    return SurveyOnPaper.of(
        List.of(network("shop", "br-shop", "172.18.0.0/16")), List.of(), places);
  }

  @Test
  void aHealthyHostHasNoFindings() {
    Survey healthy =
        survey(
            host()
                .with(link(2, "eth0").address("192.0.2.7/24"))
                .with(bridge())
                .with(port())
                .defaultRoute("192.0.2.1", 2)
                .route("172.18.0.0/16", 3)
                .route("192.0.2.0/24", 2),
            web(1500));
    for (Check check : List.of(new Mtu(), new Overlap(), new LostLinks(), new StaleLinks())) {
      assertEquals(List.of(), look(check, healthy), check.getClass().getSimpleName());
    }
  }

  @ParameterizedTest
  @CsvSource({"1500, 1500, 0", "1400, 1500, 1", "1500, 1400, 0", "9000, 1500, 0", "1499, 1500, 1"})
  void aWayOutMustNotBeNarrowerThanABridge(int uplink, int bridge, int findings) {
    Survey survey =
        survey(
            host()
                .with(link(2, "eth0").mtu(uplink))
                .with(bridge().mtu(bridge))
                .defaultRoute("192.0.2.1", 2));
    List<Finding> found = look(new Mtu(), survey);
    assertEquals(findings, found.size());
    for (Finding finding : found) {
      assertEquals("mtu-mismatch", finding.id());
      assertEquals(
          "bridge br-shop has MTU " + bridge + ", but the way out by eth0 has " + uplink,
          finding.what());
      assertEquals(
          "make the network with -o com.docker.network.driver.mtu=" + uplink, finding.advice());
    }
  }

  @Test
  void aHostWithoutAWayOutHasNoNarrowOne() {
    assertEquals(List.of(), look(new Mtu(), survey(host().with(bridge().mtu(9000)))));
    Survey gone = survey(host().with(bridge().mtu(9000)).defaultRoute("192.0.2.1", 77));
    assertEquals(List.of(), look(new Mtu(), gone), "the route's link is not there");
  }

  @Test
  void bothEndsOfAPairHaveTheSameMtu() {
    List<Finding> found = look(new Mtu(), survey(host().with(bridge()).with(port()), web(1400)));
    assertEquals(1, found.size());
    assertEquals(
        "vethweb has MTU 1500 and its other end, eth0 of container web, has 1400",
        found.get(0).what());
    assertEquals(
        "give both ends the same: ip link set dev vethweb mtu 1400", found.get(0).advice());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "172.18.0.0/16, answers to containers with those addresses leave by tun0",
        "172.18.4.0/24, answers to containers with those addresses leave by tun0",
        "172.18.0.2/32, answers to containers with those addresses leave by tun0",
        "172.16.0.0/12, what is at those addresses behind tun0 cannot be reached",
        "128.0.0.0/1, what is at those addresses behind tun0 cannot be reached",
        "172.19.0.0/16, none",
        "172.17.0.0/16, none",
        "0.0.0.0/0, none",
      })
  void aRouteOfAVpnMayCoverANetwork(String subnet, String consequence) {
    Survey survey = survey(host().with(link(9, "tun0")).with(bridge()).route(subnet, 9));
    List<Finding> found = look(new Overlap(), survey);
    assertEquals(consequence == null ? 0 : 1, found.size());
    for (Finding finding : found) {
      assertEquals("subnet-overlap", finding.id());
      assertEquals(
          "network shop has 172.18.0.0/16, and a route of the host leads " + subnet + " to tun0",
          finding.what());
      assertEquals(consequence, finding.consequence());
    }
  }

  @Test
  void aRouteByALinkThatNobodySeesStillOverlaps() {
    List<Finding> found =
        look(new Overlap(), survey(host().with(bridge()).route("172.18.0.0/24", 0)));
    assertTrue(found.get(0).what().endsWith("172.18.0.0/24 to another link"), found::toString);
  }

  @Test
  void aBridgeOfAnUnknownNetworkHasNoSubnetToOverlap() {
    Survey survey =
        SurveyOnPaper.of(host().with(bridge()).with(link(9, "t")).route("172.18.0.0/16", 9));
    assertEquals(List.of(), look(new Overlap(), survey));
  }

  @Test
  void aContainerThatLostItsLinkIsNamed() {
    Survey survey = survey(host().with(bridge()), PlaceOnPaper.container(WEB).with(loopback()));
    Finding lost = look(new LostLinks(), survey).get(0);
    assertEquals("link-lost", lost.id());
    assertEquals(
        "container web has no eth0 any more: somebody removed its link, its bridge or its"
            + " namespace",
        lost.what());
    assertEquals("it is cut off from network shop", lost.consequence());
    assertEquals("jdocker restart web", lost.advice());
  }

  @Test
  void aContainerThatLostItsNamespaceHasLostEachLink() {
    Sandbox two =
        sandbox(
            "two",
            new NetworkMode.Bridge(),
            Optional.of(Path.of("/run/netns/two")),
            endpoint("two", "shop", "eth0", "v1", "172.18.0.3/16"),
            endpoint("two", "store", "eth1", "v2", "172.19.0.3/16"));
    Survey survey = SurveyOnPaper.of(List.of(), List.of(two), host());
    assertEquals(
        List.of("it is cut off from network shop", "it is cut off from network store"),
        look(new LostLinks(), survey).stream().map(Finding::consequence).toList());
  }

  @Test
  void anEndpointWithoutALinkHasNoneToLose() {
    Sandbox none =
        sandbox("n", new NetworkMode.None(), Optional.empty(), endpoint("n", "none", "", "", ""));
    assertEquals(
        List.of(), look(new LostLinks(), SurveyOnPaper.of(List.of(), List.of(none), host())));
  }

  @ParameterizedTest
  @CsvSource({
    "veth0123abc, 3, true, 1",
    "veth0123abc, 3, false, 0",
    "veth0123abc, 0, true, 0",
    "veth0123abg, 3, true, 0",
    "veth0123ab, 3, true, 0",
    "veth0123abcd, 3, true, 0",
    "tap0, 3, true, 0",
    "VETH0123ABC, 3, true, 0",
  })
  void onlyPortsWithTheEnginesOwnKindOfNameAreStale(
      String name, int master, boolean foreign, int findings) {
    LinkOnPaper port = link(8, name).kind("veth").portOf(master);
    Survey survey = survey(host().with(bridge()).with(foreign ? port.foreign() : port));
    List<Finding> found = look(new StaleLinks(), survey);
    assertEquals(findings, found.size());
    for (Finding finding : found) {
      assertEquals("veth-stale", finding.id());
      assertEquals("link " + name + " is a port of br-shop without a container", finding.what());
      assertEquals("ip link del " + name, finding.advice());
    }
  }

  @Test
  void portsOfForeignBridgesAreTheirOwners() {
    Survey survey =
        SurveyOnPaper.of(
            host()
                .with(link(5, "virbr0").kind("bridge").foreign())
                .with(link(8, "veth0123abc").kind("veth").portOf(5).foreign()));
    assertEquals(List.of(), look(new StaleLinks(), survey));
  }
}
