package io.jdocker.network.graph;

import static io.jdocker.network.survey.LinkOnPaper.link;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.network.survey.PlaceOnPaper;
import io.jdocker.network.survey.SurveyOnPaper;
import org.junit.jupiter.api.Test;

/** The picture for Graphviz. */
class DotPictureTest {
  @Test
  void anEmptyHostIsAnEmptyBox() {
    assertEquals(
        """
        graph network {
          rankdir=LR;
          node [shape=box, fontname="sans-serif"];
          subgraph cluster_0 {
            label="host";
          }
        }
        """,
        DotPicture.draw(SurveyOnPaper.of(PlaceOnPaper.host())));
  }

  @Test
  void aContainerIsABoxWithItsLinksAndEachPairIsOneEdge() {
    assertEquals(
        """
        graph network {
          rankdir=LR;
          node [shape=box, fontname="sans-serif"];
          subgraph cluster_0 {
            label="host";
            "host/eth0" [label="eth0 #2\\n192.0.2.7/24\\nuplink, default route via 192.0.2.1"];
            "host/br-shop" [label="br-shop #3\\n172.18.0.1/16\\nbridge of network shop"];
            "host/vethweb" [label="vethweb #4\\nveth of network shop"];
          }
          subgraph cluster_1 {
            label="container web";
            "web/eth0" [label="eth0 #2\\n172.18.0.2/16\\nveth, default route via 172.18.0.1\
        \\n0.0.0.0:8080 -> 80/tcp"];
          }
          "host/vethweb" -- "host/br-shop";
          "host/vethweb" -- "web/eth0" [penwidth=2];
        }
        """,
        DotPicture.draw(TownFixture.oneContainer()));
  }

  @Test
  void quotesAndBackslashesInNamesDoNotEndTheText() {
    String picture = DotPicture.draw(TownFixture.foreigners());
    assertTrue(picture.contains("label=\"process 12 (a \\\"b\\\" <c>)\""), picture);
    assertTrue(picture.contains("\"host/virbr\\\"<&>\" [label="), picture);
    String odd =
        DotPicture.draw(SurveyOnPaper.of(PlaceOnPaper.host().with(link(2, "a\\").foreign())));
    assertTrue(odd.contains("\"host/a\\\\\" [label=\"a\\\\ #2"), odd);
  }

  @Test
  void whatIsForeignIsDashedAndNothingElse() {
    String picture = DotPicture.draw(TownFixture.foreigners());
    assertEquals(2, picture.lines().filter("    style=dashed;"::equals).count(), picture);
    assertTrue(picture.contains("down, foreign\", style=dashed];"), picture);
    assertFalse(DotPicture.draw(TownFixture.oneContainer()).contains("dashed"));
  }

  @Test
  void aStackedLinkIsDottedToItsParentAndALostParentHasNoEdge() {
    String picture =
        DotPicture.draw(
            SurveyOnPaper.of(
                PlaceOnPaper.host()
                    .with(link(2, "eth0"))
                    .with(link(3, "eth0.5").kind("vlan").tiedTo(2).foreign())
                    .with(link(4, "mv0").kind("macvlan").tiedTo(9).foreign())
                    .with(link(5, "mv1").kind("macvlan").tiedTo(2, 77).foreign())));
    assertEquals(
        "  \"host/eth0.5\" -- \"host/eth0\" [style=dotted];",
        picture.lines().filter(l -> l.contains(" -- ")).reduce((a, b) -> a + b).orElse(""));
  }
}
