package io.jdocker.runtime.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.linux.failure.Conflict;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
  @Test
  void theStoryHasASectionForAStageAndAParagraphForAnEffect() {
    Explanation explanation = new Explanation(Traces.SUBJECT, Traces.small().subList(0, 2));
    assertEquals(
        """
        web (0123456789ab) runs httpd -h '/a b' from busybox.
        2 effects on the kernel, in order: what for, the call and its result, and
        after $ what a person would type for it.

        CGROUP: What the container may use of the machine. Each control group is a folder, each
        limit a file in it.

          make the cgroup
            mkdir("/cg/0123456789ab", 0755) = 0                                    41 us
            $ mkdir -p /cg/0123456789ab

        NETWORK: A network namespace has links, addresses, routes and rules of its own. A veth pair
        is a cable: one end in the container, the other in the host's bridge.

          make the namespace
            unshare(CLONE_NEWNET) = 0
            $ ip netns add web
        """,
        explanation.text());
  }

  @Test
  void aCommandOfSeveralLinesStaysTogether() {
    String text = new Explanation(Traces.SUBJECT, Traces.small()).text();
    assertTrue(
        text.contains("hosts <<'END'\n      127.0.0.1 localhost\n      END\n"),
        "not as told: " + text);
  }

  @Test
  void whatWasNeverStartedSaysSo() {
    Explanation explanation = new Explanation(Traces.SUBJECT, List.of());
    assertTrue(
        explanation
            .text()
            .endsWith("It has not been started: nothing was done to the kernel for it.\n"));
    assertThrows(Conflict.class, explanation::script);
  }

  @Test
  void jsonHasTheContainerAndEachEffect() {
    Explanation explanation = new Explanation(Traces.SUBJECT, Traces.small());
    JsonObject json = JsonParser.parseString(explanation.json()).getAsJsonObject();
    assertEquals("web", json.get("name").getAsString());
    JsonArray entries = json.getAsJsonArray("entries");
    assertEquals(Traces.small().size(), entries.size());
    assertEquals(
        "{\"stage\":\"CGROUP\",\"purpose\":\"make the cgroup\","
            + "\"call\":\"mkdir(\\\"/cg/0123456789ab\\\", 0755)\",\"result\":\"0\","
            + "\"nanos\":41700,\"shell\":\"mkdir -p /cg/0123456789ab\"}",
        entries.get(0).toString());
  }
}
