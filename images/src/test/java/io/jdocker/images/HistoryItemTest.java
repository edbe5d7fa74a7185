package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryItemTest {
  private static Image image(String history) {
    ImageConfig config =
        ConfigReader.read(
            ("{\"rootfs\":{},\"history\":[" + history + "]}").getBytes(StandardCharsets.UTF_8));
    return new Image(
        Digest.of(new byte[0]),
        config,
        List.of("a:1"),
        List.of(),
        0,
        Image.NEVER,
        Optional.empty(),
        List.of());
  }

  @Test
  void theNewestComesFirstAndOnlyRealLayersHaveASize() {
    Image image =
        image(
            "{\"created_by\":\"ADD\"},{\"created_by\":\"ENV\",\"empty_layer\":true},"
                + "{\"created_by\":\"RUN\"}");
    List<HistoryItem> items = HistoryItem.of(image, List.of(10L, 20L));
    assertEquals(List.of("RUN", "ENV", "ADD"), items.stream().map(HistoryItem::createdBy).toList());
    assertEquals(List.of(20L, 0L, 10L), items.stream().map(HistoryItem::size).toList());
    assertEquals(image.id().toString(), items.get(0).id());
    assertEquals(List.of("a:1"), items.get(0).tags());
    assertEquals("<missing>", items.get(1).id());
    assertEquals(List.of(), items.get(1).tags());
  }

  @Test
  void layersWithoutHistoryAreShownToo() {
    assertEquals(2, HistoryItem.of(image(""), List.of(1L, 2L)).size());
    assertEquals(List.of(), HistoryItem.of(image(""), List.of()));
  }

  @Test
  void moreHistoryThanLayersIsTolerated() {
    assertEquals(1, HistoryItem.of(image("{\"created_by\":\"x\"}"), List.of()).size());
  }
}
