package io.jdocker.network.graph;

import static io.jdocker.network.survey.LinkOnPaper.link;
import static io.jdocker.network.survey.LinkOnPaper.loopback;
import static io.jdocker.network.survey.SurveyOnPaper.network;
import static io.jdocker.network.survey.SurveyOnPaper.sandbox;

import io.jdocker.network.Port;
import io.jdocker.network.PortBinding;
import io.jdocker.network.Sandbox;
import io.jdocker.network.survey.PlaceOnPaper;
import io.jdocker.network.survey.Survey;
import io.jdocker.network.survey.SurveyOnPaper;
import java.util.List;

/** Hosts whose pictures are looked at. */
final class TownFixture {
  static final Sandbox WEB =
      sandbox("web", "shop", "172.18.0.2/16", new PortBinding(Port.tcp(80), "0.0.0.0", 8080));

  private TownFixture() {}

  /** A bridge with one container, and a way out. */
  static Survey oneContainer() {
    return SurveyOnPaper.of(
        List.of(network("shop", "br-shop", "172.18.0.0/16")),
        List.of(),
        PlaceOnPaper.host()
            .with(loopback())
            .with(link(2, "eth0").address("192.0.2.7/24"))
            .with(link(3, "br-shop").kind("bridge").address("172.18.0.1/16").ofNetwork("shop"))
            .with(link(4, "vethweb").kind("veth").portOf(3).tiedTo(2, 0).ofNetwork("shop"))
            .defaultRoute("192.0.2.1", 2)
            .knows(0, "web"),
        webPlace());
  }

  static PlaceOnPaper webPlace() {
    return PlaceOnPaper.container(WEB)
        .with(loopback())
        .with(link(2, "eth0").kind("veth").tiedTo(4, 0).address("172.18.0.2/16").ofNetwork(""))
        .defaultRoute("172.18.0.1", 2)
        .knows(0, "host");
  }

  /** Two foreign namespaces tied to each other behind a foreign bridge, with hostile names. */
  static Survey foreigners() {
    return SurveyOnPaper.of(
        PlaceOnPaper.host()
            .with(loopback())
            .with(link(7, "virbr\"<&>").kind("bridge").foreign())
            .with(link(8, "tap0").kind("veth").portOf(7).tiedTo(3, 5).foreign().down())
            .knows(5, "process 12 (a \"b\" <c>)"),
        PlaceOnPaper.foreign("process 12 (a \"b\" <c>)")
            .with(link(3, "up").kind("veth").tiedTo(8, 0).foreign())
            .with(link(4, "left").kind("veth").tiedTo(9, 1).foreign())
            .knows(0, "host")
            .knows(1, "ns2"),
        PlaceOnPaper.foreign("ns2")
            .with(link(9, "right").kind("veth").tiedTo(4, 2).address("10.9.0.1/30").foreign())
            .knows(2, "process 12 (a \"b\" <c>)"));
  }
}
