package io.jdocker.daemon.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import io.jdocker.daemon.http.ApiVersion;
import io.jdocker.daemon.http.PercentEncoded;
import io.jdocker.images.testing.TarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/api.md: every operation of docs/api.txt is asked in every version of the API. Run with
 * {@code -Djdocker.docs=write} to write it anew.
 */
final class ApiDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/api.md");

  /** As many as Docker's own description of 1.51 has, POST /build/cancel and POST /grpc beside. */
  private static final int DOCKERS_OPERATIONS = 107 + 2;

  @TempDir static Path folder;
  private static ApiFixture api;

  @BeforeAll
  static void open() throws IOException {
    api = ApiFixture.open(folder);
    api.image("empty:1");
    // Of a size, so that keys of sizes are there; api.call takes a text, a byte a letter.
    String tar = new String(new TarBuilder().file("f", "x", 0644).build(), ISO_8859_1);
    api.call("POST", "/images/create?fromSrc=-&repo=img:1", "application/x-tar", tar);
    api.container("box", "{\"Image\":\"img:1\",\"Cmd\":[\"/a\"]}");
    api.post("/volumes/create", "{\"Name\":\"vol\"}");
    // So that it is there for all probes, whichever of them names it first.
    api.post("/images/img:1/tag?repo=img&tag=2", "");
  }

  @AfterAll
  static void close() throws IOException {
    api.close();
  }

  private static List<ApiVersion> versions() {
    return IntStream.rangeClosed(ApiVersion.OLDEST.minor(), ApiVersion.CURRENT.minor())
        .mapToObj(minor -> new ApiVersion(1, minor))
        .toList();
  }

  private static Result ask(Operation.Probe probe, ApiVersion version) throws IOException {
    String path = "/v" + version + PercentEncoded.path(probe.path());
    Answer answer = api.call(probe.method(), path, "application/json", probe.body());
    return Result.of(answer);
  }

  @Test
  void theTableHasEveryOperationOnce() throws IOException {
    List<String> names = Operation.all().stream().map(Operation::name).toList();
    assertEquals(names.size(), new TreeSet<>(names).size(), "no operation stands twice");
    long dockers = Operation.all().stream().filter(row -> !row.mark().equals("X")).count();
    assertEquals(DOCKERS_OPERATIONS, dockers);
  }

  /** What is needed is there, what is swarm's says so, and nothing is an unknown page. */
  @Test
  void everyOperationAnswersByItsMark() throws IOException {
    for (Operation operation : Operation.all()) {
      for (Operation.Probe probe : operation.probes()) {
        String got = ask(probe, ApiVersion.CURRENT).text();
        String told = operation.mark() + " " + probe + ": " + got;
        assertFalse(got.contains("internal error"), told);
        switch (operation.mark()) {
          case "N", "X" -> {
            assertFalse(got.contains("page not found"), told);
            assertFalse(got.startsWith("501") || got.startsWith("503"), told);
          }
          case "S" -> assertTrue(got.startsWith("503") || got.startsWith("501"), told);
          case "O" ->
              assertEquals(
                  probe.path().equals("/session") || probe.path().equals("/grpc"),
                  got.contains("page not found"),
                  told);
          default -> throw new AssertionError("no such mark: " + told);
        }
      }
    }
  }

  @Test
  void theDocumentIsWhatTheApiAnswers() throws IOException {
    String document = document();
    if ("write".equals(System.getProperty("jdocker.docs"))) {
      Files.writeString(DOCUMENT, document);
    }
    assertEquals(document, Files.readString(DOCUMENT), "write it anew: -Djdocker.docs=write");
  }

  private static String document() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# The API, operation by operation\n\n")
        .append("Made by `ApiDocumentTest`, which asks an engine everything in `docs/api.txt`\n")
        .append("in each version from ")
        .append(ApiVersion.OLDEST)
        .append(" to ")
        .append(ApiVersion.CURRENT)
        .append(". Without a version in the path the newest is meant.\n")
        .append("There are an image `img:1`, a container `box` that was never started, a network\n")
        .append("`own` and a volume `vol`; nothing is called `nosuch`. Where a result begins\n")
        .append("with versions it differs between them; else it is the same in all.\n\n")
        .append("N: needed on one host. O: optional. S: swarm, refused. X: jdocker's own.\n\n")
        .append("| operation | | for | asked | answer |\n|---|---|---|---|---|\n");
    for (Operation operation : Operation.all()) {
      String first =
          "`" + operation.name() + "` | " + operation.mark() + " | " + operation.purpose();
      for (Operation.Probe probe : operation.probes()) {
        String row = first + " | `" + probe + "` | " + results(probe);
        text.append("| ").append(row.replace("\n", " ")).append(" |\n");
        first = " | | ";
      }
    }
    return text.toString();
  }

  /** The results by version, each said once for all neighbouring versions that have it. */
  private static String results(Operation.Probe probe) throws IOException {
    List<String> said = new ArrayList<>();
    List<ApiVersion> versions = versions();
    List<ApiVersion> from = new ArrayList<>();
    List<Result> different = new ArrayList<>();
    for (ApiVersion version : versions) {
      Result result = ask(probe, version);
      if (different.isEmpty() || !different.get(different.size() - 1).equals(result)) {
        from.add(version);
        different.add(result);
      }
    }
    if (different.size() == 1) {
      return different.get(0).text();
    }
    for (int i = 0; i < different.size(); i++) {
      String text = i == 0 ? different.get(0).text() : different.get(i).since(different.get(i - 1));
      String last =
          i + 1 < from.size()
              ? "1." + (from.get(i + 1).minor() - 1)
              : ApiVersion.CURRENT.toString();
      said.add(from.get(i) + " to " + last + ": " + text);
    }
    return String.join("<br>", said);
  }
}
