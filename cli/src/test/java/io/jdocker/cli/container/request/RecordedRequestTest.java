package io.jdocker.cli.container.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import io.jdocker.cli.transcript.Wire;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same command lines ask for the same containers as with docker 28.2.2. Its requests were
 * recorded from a socket; what is empty, 0 or false was left out of the record.
 */
class RecordedRequestTest {
  @TempDir Path directory;

  static Stream<Arguments> recorded() throws IOException {
    try (Reader reader =
        new InputStreamReader(
            RecordedRequestTest.class.getResourceAsStream("/create/docker-28.json"),
            StandardCharsets.UTF_8)) {
      List<Arguments> cases = new ArrayList<>();
      for (JsonElement element : JsonParser.parseReader(reader).getAsJsonArray()) {
        JsonObject recorded = element.getAsJsonObject();
        List<String> words = new ArrayList<>();
        recorded.getAsJsonArray("args").forEach(word -> words.add(word.getAsString()));
        cases.add(Arguments.of(words, recorded.get("body")));
      }
      return cases.stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void asksForTheSameContainer(List<String> words, JsonElement expected) throws IOException {
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      engine.refuse("POST /containers/create", 400, "recorded");
      List<String> line = new ArrayList<>(List.of("-H", engine.url()));
      line.addAll(words);
      Typed.run("", Map.of("SOME", "thing"), line);
      JsonElement sent = JsonParser.parseString(engine.body("POST /containers/create"));
      assertEquals(Wire.withoutEmpty(expected), Wire.withoutEmpty(sent));
    }
  }
}
