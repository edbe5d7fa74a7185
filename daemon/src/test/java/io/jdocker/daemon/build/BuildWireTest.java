package io.jdocker.daemon.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.jdocker.daemon.Answer;
import io.jdocker.daemon.ApiFixture;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.testing.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a build's parameters do, and each line of its answer. No step here needs a container. */
final class BuildWireTest {
  @TempDir Path folder;
  private ApiFixture api;

  @BeforeEach
  void open() throws Exception {
    api = ApiFixture.open(folder);
    api.image("base", "ENV FROM_BASE=1", "LABEL base=b");
  }

  @AfterEach
  void close() throws Exception {
    api.close();
  }

  private Answer build(String query, String dockerfile) throws IOException {
    return upload(query, new TarBuilder().file("Dockerfile", dockerfile, 0644));
  }

  private Answer upload(String query, TarBuilder context) throws IOException {
    String tar = new String(context.build(), StandardCharsets.ISO_8859_1);
    return api.call("POST", "/build?" + query, "application/x-tar", tar);
  }

  /** The JSON documents of a body that came in chunks, each with a line for its length. */
  private static List<JsonObject> documents(Answer answer) {
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  /** The texts of the answer's lines, without their ids. */
  private static String texts(Answer answer) {
    StringBuilder texts = new StringBuilder();
    documents(answer).stream()
        .filter(line -> line.has("stream"))
        .forEach(line -> texts.append(line.get("stream").getAsString()));
    return texts.toString().replaceAll("[0-9a-f]{12,64}", "ID");
  }

  private JsonObject config(String image) throws IOException {
    return api.get("/images/" + image + "/json").object().getAsJsonObject("Config");
  }

  @Test
  void eachLineIsDockers() throws Exception {
    Answer answer = build("t=made:1&t=made:2&rm=1", "FROM base\nENV A=b\nLABEL c=d\nCMD [\"e\"]\n");
    assertEquals(200, answer.status(), answer.body());
    assertEquals(
        """
        Step 1/4 : FROM base
         ---> ID
        Step 2/4 : ENV A=b
         ---> ID
        Step 3/4 : LABEL c=d
         ---> ID
        Step 4/4 : CMD ["e"]
         ---> ID
        Successfully built ID
        Successfully tagged made:1
        Successfully tagged made:2
        """,
        texts(answer));
    String id = api.get("/images/made:1/json").object().get("Id").getAsString();
    assertEquals(
        List.of(JsonParser.parseString("{\"aux\":{\"ID\":\"" + id + "\"}}")),
        documents(answer).stream().filter(line -> line.has("aux")).toList());
    assertEquals(id, api.get("/images/made:2/json").object().get("Id").getAsString());
  }

  @Test
  void aQuietOneTellsTheIdAlone() throws Exception {
    Answer answer = build("t=made&q=1", "FROM base\nENV A=b\n");
    String id = api.get("/images/made/json").object().get("Id").getAsString();
    assertEquals(
        List.of(JsonParser.parseString("{\"stream\":\"" + id + "\\n\"}")), documents(answer));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | default",
        "null | default",
        "{\"V\":\"own\"} | own",
        "{\"V\":\"\"} | ''",
        "{\"V\":null} | default",
        "{\"W\":\"x\"} | default",
        "{\"V\":\"a b=$c\"} | a b=$c",
        "{\"V\":\"\\u0041\\\"\"} | A\"",
      })
  void argumentsAreAJsonObject(String json, String expected) throws Exception {
    Answer answer =
        build(
            "t=made&buildargs=" + ApiFixture.encode(json),
            "FROM base\nARG V=default\nENV SEEN=$V\n");
    assertEquals(200, answer.status(), answer.body());
    assertTrue(
        config("made")
            .getAsJsonArray("Env")
            .toString()
            .contains(new JsonPrimitive("SEEN=" + expected).toString()),
        config("made").toString());
  }

  @Test
  void argumentsThatNothingDeclaresAreNamed() throws Exception {
    String query = "buildargs=" + ApiFixture.encode("{\"B\":\"1\",\"A\":\"1\",\"U\":\"1\"}");
    String text = texts(build(query, "FROM base\nARG U\n"));
    assertTrue(text.contains("[Warning] One or more build-args [A B] were not consumed\n"), text);
    assertFalse(texts(build("", "FROM base\n")).contains("Warning"));
  }

  @Test
  void aFromLineSeesAnArgument() throws Exception {
    api.image("other", "ENV OTHER=1");
    build("t=made&buildargs=" + ApiFixture.encode("{\"B\":\"other\"}"), "ARG B=base\nFROM $B\n");
    assertTrue(config("made").getAsJsonArray("Env").toString().contains("OTHER=1"));
  }

  @Test
  void labelsOfTheRequestWin() throws Exception {
    build(
        "t=made&labels=" + ApiFixture.encode("{\"own\":\"request\",\"null\":null}"),
        "FROM base\nLABEL own=file file=f\n");
    assertEquals(
        "{\"base\":\"b\",\"file\":\"f\",\"null\":\"\",\"own\":\"request\"}",
        new Gson().toJson(new TreeMap<>(config("made").getAsJsonObject("Labels").asMap())));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "target=one, 1",
    "target=ONE, 1",
    "target=0, 1",
    "target=two, 2",
    "target=, 3",
    "nothing=, 3",
  })
  void aTargetIsAStage(String query, String expected) throws Exception {
    Answer answer =
        build(
            "t=made&" + query,
            "FROM base AS one\nENV S=1\nFROM one AS two\nENV S=2\nFROM base\nENV S=3\n");
    assertEquals(200, answer.status(), answer.body());
    assertTrue(config("made").getAsJsonArray("Env").toString().contains("S=" + expected));
  }

  @Test
  void stagesThatTheTargetDoesNotNeedAreNotEvenNamed() throws Exception {
    String text = texts(build("", "FROM no-such-image\nRUN x\nFROM base\nENV A=1\n"));
    assertTrue(text.startsWith("Step 1/2 : FROM base\n"), text);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"d/Other", "./d/Other", "/d/Other", "d/../d/Other"})
  void theDockerfileMayLieAnywhereInTheContext(String path) throws Exception {
    Answer answer =
        upload(
            "t=made&dockerfile=" + ApiFixture.encode(path),
            new TarBuilder()
                .file("Dockerfile", "FROM no-such-image\n", 0644)
                .directory("d", 0755)
                .file("d/Other", "FROM base\nENV OTHER=1\n", 0644));
    assertEquals(200, answer.status(), answer.body());
    assertTrue(config("made").getAsJsonArray("Env").toString().contains("OTHER=1"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dockerfile=nope | Cannot locate specified Dockerfile: nope",
        "dockerfile=../../etc/passwd | Cannot locate specified Dockerfile: ../../etc/passwd",
        "dockerfile=d | d of the build context is no regular file of at most 4 MiB",
        "target=nope | target stage \"nope\" could not be found",
        "target=1 | target stage \"1\" could not be found",
      })
  void whatIsNotThereIsSaidWithAStatus(String query, String message) throws Exception {
    Answer answer =
        upload(
            query, new TarBuilder().file("Dockerfile", "FROM base\n", 0644).directory("d", 0755));
    assertEquals(400, answer.status(), answer.body());
    assertEquals(message, answer.message());
  }

  @Test
  void aFaultOfTheDockerfileIsSaidBeforeAnyStep() throws Exception {
    Answer answer = build("", "FROM base\nENV A=1\nRUM x\n");
    assertEquals(400, answer.status(), answer.body());
    assertEquals(
        """
        dockerfile parse error on line 3: unknown instruction: RUM (did you mean RUN?)
         3 | RUM x
           | ^^^""",
        answer.message());
  }

  @Test
  void aFaultOfAStepIsALineOfTheAnswer() throws Exception {
    Answer answer = build("t=made", "FROM base\nENV A=1\nCOPY nope /\n");
    assertEquals(200, answer.status(), answer.body());
    List<JsonObject> lines = documents(answer);
    JsonObject last = lines.get(lines.size() - 1);
    String message =
        "COPY failed: file not found in build context or excluded by .dockerignore: stat nope:"
            + " file does not exist";
    assertTrue(last.get("error").getAsString().contains(message), last.toString());
    assertEquals(
        last.get("error"), last.getAsJsonObject("errorDetail").get("message"), last.toString());
    assertFalse(answer.body().contains("Successfully"), answer.body());
    assertEquals(404, api.get("/images/made/json").status());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "buildargs={\"A\":1} | error reading buildargs",
        "buildargs={\"A\":true} | error reading buildargs",
        "buildargs={\"A\":[\"b\"]} | error reading buildargs",
        "buildargs=\"A\" | error reading buildargs",
        "labels={\"A\":[\"b\"]} | error reading labels",
        "labels={\"A\":0.5} | error reading labels",
        "shmsize=1k | invalid value \"1k\" for shmsize",
        "shmsize=-1 | invalid value \"-1\" for shmsize",
        "t=a@sha256:1 | invalid reference format",
      })
  void aValueOfAnotherTypeIsRefused(String query, String message) throws Exception {
    int equals = query.indexOf('=');
    Answer answer =
        build(
            query.substring(0, equals + 1) + ApiFixture.encode(query.substring(equals + 1)),
            "FROM base\n");
    assertEquals(400, answer.status(), answer.body());
    assertTrue(answer.message().contains(message), answer.message());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "ulimits=[{\"Name\":\"nofile\",\"Soft\":1,\"Hard\":1}]",
        "securityopt=seccomp=unconfined",
        "isolation=hyperv",
      })
  void whatAStepWouldRunWithoutIsRefusedNotDropped(String query) throws Exception {
    int equals = query.indexOf('=');
    String name = query.substring(0, equals);
    Answer answer = build(name + "=" + ApiFixture.encode(query.substring(equals + 1)), "FROM base");
    assertEquals(501, answer.status(), answer.body());
    assertEquals("build with " + name + " is not supported", answer.message());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"ulimits=[]", "ulimits=null", "ulimits=", "securityopt=", "isolation=default"})
  void whatAsksForNothingIsTaken(String query) throws Exception {
    assertEquals(200, build(query.replace("[", "%5B").replace("]", "%5D"), "FROM base").status());
  }

  @Test
  void whatIsGivenAwayComesInLinesOfTheAnswer() throws Exception {
    Answer answer = build("jdocker-export=archive&t=away:1", "FROM base\nLABEL away=1\n");
    StringBuilder names = new StringBuilder();
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (JsonObject line : documents(answer)) {
      if (line.has("jdocker.export")) {
        tar.writeBytes(Base64.getDecoder().decode(line.get("jdocker.export").getAsString()));
      }
    }
    TarReader reader = new TarReader(new ByteArrayInputStream(tar.toByteArray()));
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      names.append(next.get().name()).append(' ');
    }
    assertTrue(names.toString().endsWith("index.json manifest.json oci-layout "), names.toString());
    assertFalse(texts(answer).contains("Successfully tagged"), texts(answer));
    assertEquals(404, api.get("/images/away:1/json").status());
  }

  @Test
  void anUnknownFormIsRefused() throws Exception {
    Answer answer = build("jdocker-export=iso", "FROM base\n");
    assertEquals(400, answer.status());
    assertTrue(answer.body().contains("unknown form of export: iso"), answer.body());
  }
}
