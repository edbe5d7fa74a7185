package io.jdocker.cli.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The builder's text, taken apart and shown as steps or as JSON. */
final class BuildStepsTest {
  private static final String TOLD =
      """
      Step 1/3 : FROM x
       ---> 0123456789ab
      Step 2/3 : RUN make
       ---> Running in 0123456789ab
      one
      two
      Removing intermediate container 0123456789ab
       ---> 0123456789ac
      Step 3/3 : COPY a b
       ---> Using cache
       ---> 0123456789ad
      Successfully built 0123456789ad
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String shown() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Writes down what it is told. */
  private static final class Notes implements BuildSteps.Listener {
    private final List<String> notes = new ArrayList<>();

    @Override
    public void begin(BuildSteps.Step step) {
      notes.add("begin " + step.label());
    }

    @Override
    public void line(BuildSteps.Step step, String line) {
      notes.add(step.number() + ": " + line);
    }

    @Override
    public void end(BuildSteps.Step step, boolean cached) {
      notes.add("end " + step.number() + (cached ? " cached" : ""));
    }

    @Override
    public void message(String line) {
      notes.add("message " + line);
    }

    @Override
    public void fail(BuildSteps.Step step, String message) {
      notes.add("fail " + step.number() + " " + message);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 10_000})
  void stepsAreFoundHoweverTheTextIsCut(int size) throws IOException {
    Notes notes = new Notes();
    BuildSteps steps = new BuildSteps(notes);
    for (int i = 0; i < TOLD.length(); i += size) {
      steps.text(TOLD.substring(i, Math.min(TOLD.length(), i + size)));
    }
    steps.end();
    assertEquals(
        List.of(
            "begin [1/3] FROM x",
            "end 1",
            "begin [2/3] RUN make",
            "2: one",
            "2: two",
            "end 2",
            "begin [3/3] COPY a b",
            "end 3 cached",
            "message Successfully built 0123456789ad"),
        notes.notes);
  }

  @Test
  void aStepWhoseEndIsNotToldEndsWithTheNextOne() throws IOException {
    Notes notes = new Notes();
    BuildSteps steps = new BuildSteps(notes);
    steps.text("Step 1/2 : FROM x\nStep 2/2 : RUN y\nlast");
    steps.fail("no");
    assertEquals(
        List.of("begin [1/2] FROM x", "end 1", "begin [2/2] RUN y", "2: last", "fail 2 no"),
        notes.notes);
  }

  @Test
  void aTerminalShowsAStepALineAndTheLastOfWhatRuns() throws IOException {
    BuildSteps steps = new BuildSteps(new TerminalSteps(out, 30, () -> 0));
    steps.text("Step 1/2 : RUN a command longer than the screen is wide\n");
    for (int i = 1; i <= 9; i++) {
      steps.text("line " + i + " \u001b[31mred\u001b[0m\n");
    }
    String before = shown();
    assertEquals(" => [1/2] RUN a command long…\n", before.substring(0, before.indexOf('\n') + 1));
    assertTrue(before.endsWith(" => => line 9 red\n"), before);
    String last = before.substring(before.lastIndexOf("\u001b[J"));
    assertEquals(7, last.lines().count());
    steps.text(" ---> 0123456789ab\n");
    String end = shown().substring(before.length());
    assertEquals("\u001b[7A\r\u001b[J => [1/2] RUN a comm… 0.0s\n", end);
  }

  @Test
  void ofAStepThatFailsAllStays() throws IOException {
    BuildSteps steps = new BuildSteps(new TerminalSteps(out, 80, () -> 1_500_000_000L));
    steps.text("Step 1/1 : RUN false\n");
    for (int i = 1; i <= 9; i++) {
      steps.text("line " + i + "\n");
    }
    out.reset();
    steps.fail("it failed");
    assertTrue(shown().contains(" => ERROR [1/1] RUN false 0.0s\n------\nline 1\n"), shown());
    assertTrue(shown().endsWith("line 9\n------\n"), shown());
  }

  @Test
  void aFaultBeforeAnyStepIsTheMessagesAlone() throws IOException {
    new BuildSteps(new TerminalSteps(out, 80, () -> 0)).fail("no Dockerfile");
    assertEquals("", shown());
  }

  @Test
  void asJsonEachLineIsAnObjectWithBuildKitsFields() throws IOException {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
    BuildSteps steps = new BuildSteps(new JsonSteps(out, clock));
    steps.text(TOLD);
    steps.end();
    List<JsonObject> lines =
        shown().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    JsonObject begun = vertex(lines.get(0));
    JsonObject done = vertex(lines.get(1));
    assertEquals("[1/3] FROM x", begun.get("name").getAsString());
    assertFalse(begun.has("completed"));
    assertEquals(begun.get("digest"), done.get("digest"));
    assertEquals("2023-11-14T22:13:20Z", done.get("completed").getAsString());
    JsonObject log = lines.get(3).getAsJsonArray("logs").get(0).getAsJsonObject();
    assertEquals(
        "one\n",
        new String(
            Base64.getDecoder().decode(log.get("data").getAsString()), StandardCharsets.UTF_8));
    assertEquals(vertex(lines.get(2)).get("digest"), log.get("vertex"));
    assertTrue(vertex(lines.get(7)).get("cached").getAsBoolean());
    assertTrue(lines.get(8).has("warnings"));
  }

  @Test
  void asJsonAFaultIsTheVertexes() throws IOException {
    BuildSteps steps = new BuildSteps(new JsonSteps(out, Clock.systemUTC()));
    steps.text("Step 1/1 : RUN false\n");
    steps.fail("it failed");
    String last = shown().lines().toList().get(1);
    JsonObject vertex = vertex(JsonParser.parseString(last).getAsJsonObject());
    assertEquals("it failed", vertex.get("error").getAsString());
  }

  private static JsonObject vertex(JsonObject line) {
    return line.getAsJsonArray("vertexes").get(0).getAsJsonObject();
  }
}
