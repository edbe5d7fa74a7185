package io.jdocker.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.compose.ProjectFolder;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.yaml.DocumentText;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectLoaderTest {
  private static final String ONE = "services: {app: {image: x}}\n";

  @TempDir Path temporary;
  private ProjectFolder folder;

  @BeforeEach
  void make() throws Exception {
    folder = new ProjectFolder(Files.createDirectory(temporary.resolve("My App")));
  }

  @ParameterizedTest
  @CsvSource({
    "compose.yaml,compose.yml",
    "compose.yml,docker-compose.yml",
    "docker-compose.yml,docker-compose.yaml"
  })
  void theFirstOfSeveralNamesIsTaken(String taken, String other) {
    folder.write(taken, ONE).write(other, "services: {other: {image: x}}");
    Project project = folder.load();
    assertEquals(Set.of("app"), project.services().keySet());
    assertEquals(List.of(folder.path().resolve(taken)), project.files());
    assertTrue(project.warnings().get(0).startsWith("Found multiple config files"));
  }

  @Test
  void theOverrideFileGoesAlongAndAFolderAboveIsSearched() throws Exception {
    folder.write("compose.yaml", ONE);
    folder.write("compose.override.yaml", "services: {app: {user: me}}");
    ProjectFolder below = new ProjectFolder(Files.createDirectories(folder.path().resolve("a/b")));
    Project project = below.load();
    assertEquals("me", project.services().get("app").command().user());
    assertEquals(folder.path(), project.directory());
    assertEquals("myapp", project.name());
  }

  @Test
  void withoutAFileThereIsNoProject() {
    NotFound missing = assertThrows(NotFound.class, folder::load);
    assertEquals("no configuration file provided: not found", missing.getMessage());
    folder.files("nope.yaml");
    assertTrue(
        assertThrows(NotFound.class, folder::load)
            .getMessage()
            .endsWith("/My App/nope.yaml: no such file or directory"));
  }

  @Test
  void standardInputIsAFileToo() {
    assertEquals(Set.of("app"), folder.files("-").input(ONE).load().services().keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -    | -        | -         | myapp
          -    | -        | top-lvl   | top-lvl
          -    | fromenv  | top-lvl   | fromenv
          flag | fromenv  | top-lvl   | flag
          -    | -        | t-${X}    | t-y
          """)
  void theNameOfAProject(String flag, String variable, String key, String expected) {
    folder.write("compose.yaml", (key == null ? "" : "name: " + key + "\n") + ONE);
    folder.name(flag == null ? "" : flag);
    folder.environment(
        variable == null ? Map.of("X", "y") : Map.of("COMPOSE_PROJECT_NAME", variable));
    assertEquals(expected, folder.load().name());
    assertEquals(expected, ProjectLoader.name(folder.source()));
  }

  @ParameterizedTest
  @CsvSource({"Upper", "-dash", "a b", "ä"})
  void aGivenNameMustBeOne(String name) {
    folder.write("compose.yaml", ONE).name(name);
    String told = assertThrows(InvalidArgument.class, folder::load).getMessage();
    assertEquals(
        "invalid project name \""
            + name
            + "\": must consist only of lowercase alphanumeric characters, hyphens, and"
            + " underscores as well as start with a letter or number",
        told);
  }

  @Test
  void variablesComeFromTheCallerThenFromFiles() {
    folder.write("compose.yaml", "services: {app: {image: '$A-$B-$C-$COMPOSE_PROJECT_NAME'}}");
    folder.write(".env", "A=file\nB=file\n").environment(Map.of("A", "caller"));
    Project project = folder.load();
    assertEquals("caller-file--myapp", project.services().get("app").origin().image());
    assertEquals(
        List.of("The \"C\" variable is not set. Defaulting to a blank string."),
        project.warnings());
    folder.write("other.env", "B=other\nC=c\n").environmentFiles("other.env");
    assertEquals("caller-other-c-myapp", folder.load().services().get("app").origin().image());
  }

  @Test
  void aServicesVariablesAreResolved() {
    folder.write("a.env", "ONE=a\nTWO=a\nHOST=${H}\n").write("b.env", "TWO=b\n");
    folder.environment(Map.of("H", "h", "PASSED", "on"));
    Service service =
        folder.service(
            """
            image: x
            env_file: [a.env, {path: b.env}, {path: none.env, required: false}]
            environment: {THREE: 3, ONE: own, PASSED: , MISSING: , YES: true}
            """);
    assertEquals(
        Map.of(
            "ONE", Optional.of("own"),
            "TWO", Optional.of("b"),
            "HOST", Optional.of("h"),
            "THREE", Optional.of("3"),
            "PASSED", Optional.of("on"),
            "MISSING", Optional.empty(),
            "YES", Optional.of("true")),
        service.command().environment());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -      | -     | app
          debug  | -     | app,tool
          *      | -     | app,tool,other
          -      | tool  | app,tool
          x      | other | app,other
          """)
  void profilesChooseServices(String profile, String named, String expected) {
    folder.write(
        "compose.yaml",
        """
        services:
          app: {image: x}
          tool: {image: x, profiles: [debug]}
          other: {image: x, profiles: [test, other]}
        """);
    folder.profiles(profile == null ? new String[0] : new String[] {profile});
    folder.naming(named == null ? new String[0] : new String[] {named});
    assertEquals(expected, String.join(",", folder.load().services().keySet()));
  }

  @Test
  void profilesMayStandInTheEnvironment() {
    folder.write("compose.yaml", "services: {a: {image: x}, b: {image: x, profiles: [p]}}");
    folder.environment(Map.of("COMPOSE_PROFILES", "q,p"));
    assertEquals(Set.of("a", "b"), folder.load().services().keySet());
  }

  @Test
  void filesMayBeNamedInTheEnvironment() {
    folder.write("one.yaml", ONE).write("two.yaml", "services: {app: {user: two}}");
    folder.environment(Map.of("COMPOSE_FILE", "one.yaml:two.yaml"));
    assertEquals("two", folder.load().services().get("app").command().user());
    folder.environment(Map.of("COMPOSE_FILE", "one.yaml;two.yaml", "COMPOSE_PATH_SEPARATOR", ";"));
    assertEquals("two", folder.load().services().get("app").command().user());
  }

  @Test
  void networksAndVolumesGetTheirNames() {
    folder.write(
        "compose.yaml",
        """
        services:
          app: {image: x, networks: [n, e, own], volumes: ["v:/v", "ext:/e"]}
          lone: {image: x}
          apart: {image: x, network_mode: none}
        networks: {n: , e: {external: true}, own: {name: mine}, old: {external: {name: older}}}
        volumes: {v: {}, ext: {external: true, name: theirs}}
        """);
    Project project = folder.load();
    assertEquals("myapp_n", project.networks().get("n").name());
    assertEquals("e", project.networks().get("e").name());
    assertEquals("mine", project.networks().get("own").name());
    assertEquals("older", project.networks().get("old").name());
    assertTrue(project.networks().get("old").external());
    assertEquals("myapp_default", project.networks().get("default").name());
    assertEquals("myapp_v", project.volumes().get("v").name());
    assertEquals("theirs", project.volumes().get("ext").name());
    assertEquals(
        Set.of("default"), project.services().get("lone").connection().networks().keySet());
    assertEquals(Set.of(), project.services().get("apart").connection().networks().keySet());
  }

  @Test
  void theDocumentReadsTheSameAgain() {
    folder.write("s.txt", "x");
    folder.write(
        "compose.yaml",
        """
        services:
          app:
            image: "x:${TAG:-1}"
            command: echo $$HOME "two words"
            ports: ["8080:80", "127.0.0.1::90/udp"]
            volumes: [./:/here:ro, v:/v]
            environment: [A=1, "B=$$x"]
            depends_on: [db]
            secrets: [s]
            healthcheck: {test: exit 0, interval: 1m30s}
          db: {image: y, deploy: {replicas: 2}}
          off: {image: z, profiles: [p]}
        volumes: {v: , unused: }
        secrets: {s: {file: s.txt}}
        """);
    Project project = folder.load();
    String text = DocumentText.yaml(ProjectDocument.of(project, List.of()));
    assertTrue(!text.contains("unused") && !text.contains("off"), text);
    folder.write("again.yaml", text).files("again.yaml");
    assertEquals(text, DocumentText.yaml(ProjectDocument.of(folder.load(), List.of())));
  }
}
