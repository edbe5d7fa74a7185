package io.jdocker.cli.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.testing.HostNamespaces.Outcome;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same files carried out by docker-compose 1.29, a program of its own in Python that talks to
 * the same API, and by {@code jdocker compose}: both must leave the same in the engine.
 */
@Tag("nightly")
@Timeout(600)
class ComposePeerIT {
  @TempDir static Path folder;
  private static InstalledCommand machine;

  @BeforeAll
  static void install() throws IOException, URISyntaxException {
    machine = new InstalledCommand(folder);
    machine.importImage();
    Path files = Path.of(ComposePeerIT.class.getResource("/compose").toURI());
    copy(files, folder.resolve("projects"));
    machine.sh("jdocker network create compose-it-theirs; jdocker volume create compose-it-lent");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  @AfterAll
  static void remove() {
    try {
      machine.sh("jdocker network rm compose-it-theirs; jdocker volume rm compose-it-lent");
      assertEquals("", machine.sh("jdocker ps -aq; jdocker volume ls -q").output());
      assertEquals(0, machine.sh("jdocker daemon --stop").status());
      machine.assertLeavesNothing();
    } finally {
      machine.close();
    }
  }

  private static Outcome tool(String tool, String project, String words) {
    return machine.sh(
        "cd projects/"
            + project
            + " && export DOCKER_HOST=unix://"
            + machine.root()
            + "/jdocker.sock && "
            + tool
            + " -p it"
            + project
            + " "
            + words
            + " 2>&1");
  }

  private static Outcome done(Outcome outcome) {
    assertEquals(0, outcome.status(), outcome.output());
    return outcome;
  }

  private static String snapshot(String project) {
    return ProjectSnapshot.of(
        machine
            .sh(
                "jdocker inspect $(jdocker ps -aq --filter"
                    + " label=com.docker.compose.project=it"
                    + project
                    + ")")
            .output());
  }

  private static String left(String project) {
    String filter = " --filter label=com.docker.compose.project=it" + project;
    return machine
        .sh(
            "jdocker ps -aq"
                + filter
                + "; jdocker network ls -q"
                + filter
                + "; jdocker volume ls -q"
                + filter)
        .output();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          health   |                              |
          volumes  |                              |
          aliases  |                              |
          scale    |                              | --scale worker=3
          profiles | --profile tools              |
          secrets  |                              |
          build    |                              |
          restart  |                              |
          ports    |                              |
          external |                              |
          override | -f compose.yaml -f more.yaml |
          """)
  void bothLeaveTheSame(String project, String options, String flags) {
    String before = options == null ? "" : options;
    String after = flags == null ? "" : flags;
    done(tool("docker-compose", project, before + " up -d " + after));
    String theirs = snapshot(project);
    done(tool("docker-compose", project, before + " down -v"));
    assertEquals("", left(project), "docker-compose takes away what it made");
    done(tool("jdocker compose", project, before + " up -d " + after));
    assertEquals(theirs, snapshot(project));
    done(tool("jdocker compose", project, before + " down -v"));
    assertEquals("", left(project));
  }

  /** What one tool made, the other knows by its labels. */
  @Test
  void eachEndsWhatTheOtherBegan() {
    done(tool("docker-compose", "health", "up -d"));
    List<String> seen =
        tool("jdocker compose", "health", "ps -a --format '{{.Service}} {{.State}}'")
            .output()
            .lines()
            .filter(line -> !line.startsWith("WARN"))
            .toList();
    assertEquals(List.of("db running", "web running"), seen);
    done(tool("jdocker compose", "health", "down"));
    assertEquals("", left("health"));
    done(tool("jdocker compose", "health", "up -d"));
    assertTrue(tool("docker-compose", "health", "ps").output().contains("Up (healthy)"));
    done(tool("docker-compose", "health", "down"));
    assertEquals("", left("health"));
  }

  /**
   * The verbs of docker-compose that need more of the API than a start does: sixteen starts of a
   * Python program, some of which stop a container.
   */
  @Test
  void dockerComposeHasAllItsVerbs() {
    done(tool("docker-compose", "override", "-f compose.yaml -f more.yaml up -d"));
    assertTrue(
        done(tool("docker-compose", "override", "up -d --remove-orphans"))
            .output()
            .contains("Recreating itoverride_app_1"));
    assertTrue(
        tool("docker-compose", "override", "exec -T app echo hello").output().contains("hello"));
    Outcome ran = tool("docker-compose", "override", "run --rm -T app sh -c 'echo ran; exit 4'");
    assertTrue(ran.output().contains("ran"), ran.output());
    assertEquals(4, ran.status());
    for (String verb :
        List.of(
            "pause",
            "unpause",
            "restart",
            "stop",
            "start",
            "top",
            "logs",
            "images",
            "ps",
            "kill",
            "rm -f",
            "config",
            "-f compose.yaml -f more.yaml down -v")) {
      done(tool("docker-compose", "override", verb));
    }
    assertEquals("", left("override"));
  }
}
