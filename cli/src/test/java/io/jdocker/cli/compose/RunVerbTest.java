package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code compose run -d}: a container of its own kind, made from a service and the flags. */
class RunVerbTest {
  @TempDir Path folder;
  private FakeProject project;

  @BeforeEach
  void begin() throws IOException {
    project =
        FakeProject.in(
            folder,
            """
            name: shop
            services:
              job:
                image: "job:1"
                command: [serve]
                entrypoint: [tini]
                environment: {A: file, B: file}
                labels: {own: label}
                user: nobody
                restart: always
                cap_add: [CHOWN]
                ports: ["80:80"]
                volumes: ["/from:/file"]
                depends_on: [db]
                networks: {default: {aliases: [also]}}
              db: {image: "db:1"}
            """);
    project.images("job:1", "db:1");
  }

  @AfterEach
  void end() throws IOException {
    project.close();
  }

  private JsonObject run(String... words) {
    List<String> line = new ArrayList<>(List.of("run", "-d", "--name", "once"));
    line.addAll(List.of(words));
    Typed typed = project.compose(line.toArray(String[]::new));
    assertEquals(0, typed.code(), typed.err());
    assertEquals("once\n", typed.out());
    return project.created("once");
  }

  private static String at(JsonObject document, String path) {
    JsonElement element = document;
    for (String name : path.split("/", -1)) {
      element = element == null ? null : element.getAsJsonObject().get(name);
    }
    return element == null ? "absent" : element.toString().replace("\"", "");
  }

  @Test
  void whatItNeedsIsUpFirst() {
    run("job");
    assertEquals(
        List.of(
            "create network shop_default",
            "create shop-db-1",
            "start shop-db-1",
            "create once",
            "start once"),
        project.journal());
  }

  @Test
  void orNotWhenToldSo() {
    run("--no-deps", "job");
    assertEquals(
        List.of("create network shop_default", "create once", "start once"), project.journal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          job                       | Cmd                      | [serve]
          job ls -l                 | Cmd                      | [ls,-l]
          job                       | Entrypoint               | [tini]
          --entrypoint /bin/x job   | Entrypoint               | [/bin/x]
          --entrypoint /bin/x job   | Cmd                      | absent
          --entrypoint /bin/x job a | Cmd                      | [a]
          job                       | Env                      | [A=file,B=file]
          -e A=flag -e C=3 job      | Env                      | [A=flag,B=file,C=3]
          job                       | User                     | nobody
          -u me job                 | User                     | me
          -w /here job              | WorkingDir               | /here
          -l own=other -l new job   | Labels/own               | other
          -l own=other -l new job   | Labels/new               | ``
          job                       | HostConfig/RestartPolicy | absent
          job                       | HostConfig/AutoRemove    | absent
          --rm job                  | HostConfig/AutoRemove    | true
          job                       | HostConfig/CapAdd        | [CHOWN]
          --cap-add KILL job        | HostConfig/CapAdd        | [CHOWN,KILL]
          --cap-drop KILL job       | HostConfig/CapDrop       | [KILL]
          job                       | HostConfig/PortBindings  | absent
          -P job                    | HostConfig/PortBindings  | {80/tcp:[{HostIp:,HostPort:80}]}
          -p 81:8 job               | HostConfig/PortBindings  | {8/tcp:[{HostIp:,HostPort:81}]}
          -P -p 81:8 job            | ExposedPorts             | {80/tcp:{},8/tcp:{}}
          job                       | HostConfig/Binds         | [/from:/file:rw]
          -v /more:/there:ro job    | HostConfig/Binds         | [/from:/file:rw,/more:/there:ro]
          job                       | Tty                      | false
          job                       | OpenStdin                | false
          job                       | NetworkingConfig/EndpointsConfig/shop_default/Aliases | [once]
          --use-aliases job         | NetworkingConfig/EndpointsConfig/shop_default/Aliases | [once,job,also]
          """)
  void flagsStandAboveTheFile(String words, String path, String expected) {
    assertEquals(expected, at(run(words.split(" ", -1)), path));
  }

  @Test
  void itsLabelsSetItApart() {
    JsonObject labels = run("job").getAsJsonObject("Labels");
    assertEquals("True", labels.get("com.docker.compose.oneoff").getAsString());
    assertEquals("1", labels.get("com.docker.compose.container-number").getAsString());
    assertTrue(
        labels.get("com.docker.compose.slug").getAsString().matches("[0-9a-f]{12}"),
        labels.toString());
  }

  @Test
  void withoutANameItGetsOneOfItsOwn() {
    Typed typed = project.compose("run", "-d", "--no-deps", "job");
    assertTrue(typed.out().matches("shop-job-run-[0-9a-f]{12}\n"), typed.out());
  }

  @Test
  void itIsNoContainerOfTheService() {
    run("--no-deps", "job");
    assertEquals("", project.compose("ps", "-q").out());
    assertEquals("once\n", project.compose("ps", "-a", "--format", "{{.Name}}").out());
    project.journal();
    project.compose("stop");
    assertEquals(List.of(), project.journal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run -d nope                 | no such service: nope
          run -d -p x job             | invalid
          run                         | requires at least 1 argument
          """)
  void mistakes(String words, String message) {
    Typed typed = project.compose(words.split(" ", -1));
    assertTrue(typed.err().contains(message), typed.err());
    assertTrue(typed.code() != 0);
    assertFalse(project.states().stream().anyMatch(state -> state.contains("job")));
  }
}
