package io.jdocker.network.graph;

import static io.jdocker.network.survey.LinkOnPaper.link;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.network.survey.PlaceOnPaper;
import io.jdocker.network.survey.Survey;
import io.jdocker.network.survey.SurveyOnPaper;
import org.junit.jupiter.api.Test;

/** The picture for programs. */
class JsonPictureTest {
  private static JsonArray places(Survey survey) {
    return JsonParser.parseString(JsonPicture.draw(survey))
        .getAsJsonObject()
        .getAsJsonArray("Namespaces");
  }

  private static JsonObject seen(JsonArray places, int place, int number) {
    return places
        .get(place)
        .getAsJsonObject()
        .getAsJsonArray("Links")
        .get(number)
        .getAsJsonObject();
  }

  @Test
  void anEmptyHostHasEmptyListsAndNoNulls() {
    assertEquals(
        """
        {
          "Namespaces": [
            {
              "Name": "host",
              "Kind": "host",
              "Containers": [],
              "Links": []
            }
          ]
        }
        """,
        JsonPicture.draw(SurveyOnPaper.of(PlaceOnPaper.host())));
  }

  @Test
  void aPortNamesItsBridgeAndItsOtherEnd() {
    JsonArray places = places(TownFixture.oneContainer());
    JsonObject port = seen(places, 0, 3);
    assertEquals("vethweb", port.get("Name").getAsString());
    assertEquals("br-shop", port.get("Master").getAsString());
    assertEquals("shop", port.get("Network").getAsString());
    assertEquals(
        "{\"Namespace\":\"web\",\"Name\":\"eth0\",\"Index\":2}", port.get("Peer").toString());
    JsonObject inside = seen(places, 1, 1);
    assertEquals(
        "{\"Namespace\":\"host\",\"Name\":\"vethweb\",\"Index\":4}", inside.get("Peer").toString());
    assertFalse(inside.has("Network"), "a container's link names no network of the host");
    assertFalse(inside.has("Master"));
  }

  @Test
  void aPlaceNamesItsContainersAndItsWayOut() {
    JsonArray places = places(TownFixture.oneContainer());
    JsonObject web = places.get(1).getAsJsonObject();
    assertEquals("container", web.get("Kind").getAsString());
    assertEquals("172.18.0.1", web.get("DefaultGateway").getAsString());
    assertEquals(
        "[{\"Name\":\"web\",\"Id\":\""
            + SurveyOnPaper.id("web")
            + "\",\"Published\":[\"0.0.0.0:8080 -> 80/tcp\"]}]",
        web.getAsJsonArray("Containers").toString());
    assertEquals("192.0.2.1", places.get(0).getAsJsonObject().get("DefaultGateway").getAsString());
  }

  @Test
  void aLinkTellsWhatItIs() {
    JsonArray places =
        places(
            SurveyOnPaper.of(
                PlaceOnPaper.host()
                    .with(link(2, "eth0").mtu(9000).address("192.0.2.7/24"))
                    .with(link(3, "mv").kind("macvlan").mode("vepa").tiedTo(2).down().foreign())
                    .with(link(4, "vx").vxlan(4097))
                    .forwards(4, "02:42:00:00:00:02", "192.0.2.3")));
    JsonObject eth0 = seen(places, 0, 0);
    assertEquals(9000, eth0.get("Mtu").getAsInt());
    assertTrue(eth0.get("Up").getAsBoolean());
    assertEquals("", eth0.get("Kind").getAsString());
    assertFalse(eth0.get("Foreign").getAsBoolean());
    JsonObject stacked = seen(places, 0, 1);
    assertFalse(stacked.get("Up").getAsBoolean());
    assertTrue(stacked.get("Foreign").getAsBoolean());
    assertEquals("vepa", stacked.get("Mode").getAsString());
    assertEquals("eth0", stacked.getAsJsonObject("Parent").get("Name").getAsString());
    assertFalse(stacked.has("Peer"));
    JsonObject vxlan = seen(places, 0, 2);
    assertEquals(4097, vxlan.get("Vni").getAsInt());
    assertEquals(
        "[\"02:42:00:00:00:02 behind host 192.0.2.3\"]", vxlan.getAsJsonArray("Peers").toString());
  }

  @Test
  void oddNamesAreKeptAsTheyAre() {
    JsonArray places = places(TownFixture.foreigners());
    assertEquals("virbr\"<&>", seen(places, 0, 1).get("Name").getAsString());
    assertEquals(
        "process 12 (a \"b\" <c>)", places.get(1).getAsJsonObject().get("Name").getAsString());
    assertEquals("foreign", places.get(2).getAsJsonObject().get("Kind").getAsString());
    assertTrue(JsonPicture.draw(TownFixture.foreigners()).contains("virbr\\\"<&>"));
  }
}
