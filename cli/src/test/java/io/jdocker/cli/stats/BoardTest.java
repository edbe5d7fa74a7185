package io.jdocker.cli.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.jdocker.cli.json.ApiObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BoardTest {
  private final Board board = new Board();

  private static ApiObject sample(String name) {
    return ApiObject.of(JsonParser.parseString("{\"name\":\"/" + name + "\"}"));
  }

  private List<String> containers() {
    return board.usages().stream().map(Usage::container).toList();
  }

  @Test
  void whoeverComesFirstIsShownFirst() {
    assertTrue(board.add("b"));
    assertTrue(board.add("a"));
    assertFalse(board.add("b"), "it is watched already");
    board.show("a", sample("one"));
    assertEquals(List.of("b", "a"), containers());
  }

  @Test
  void theLastSampleCounts() {
    board.add("a");
    board.show("a", sample("one"));
    board.show("a", sample("two"));
    assertEquals("/two", board.usages().get(0).sample().text("name"));
  }

  @Test
  void aSampleThatComesLateBringsNobodyBack() {
    board.add("a");
    board.remove("a");
    board.show("a", sample("late"));
    assertEquals(List.of(), containers());
    assertTrue(board.add("a"), "it may come again");
  }

  @Test
  void whatCannotBeWatchedIsReportedAndNotShown() {
    board.add("a");
    board.add("b");
    board.fail("a", "no such container");
    assertEquals(List.of("b"), containers());
    assertEquals(List.of("no such container"), board.failures());
  }
}
