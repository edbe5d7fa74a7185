package io.jdocker.cli.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.testing.HostNamespaces.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Projects on a real engine, as somebody types the commands: up to fifteen of them a test. */
@Timeout(240)
class ComposeIT {
  @TempDir static Path folder;
  private static InstalledCommand machine;

  @BeforeAll
  static void install() throws IOException {
    machine = new InstalledCommand(folder);
    machine.importImage();
  }

  @AfterAll
  static void remove() {
    try {
      assertEquals("", machine.sh("jdocker ps -aq; jdocker volume ls -q").output());
      assertEquals(
          "bridge host none",
          machine.sh("echo $(jdocker network ls --format '{{.Name}}' | sort)").output());
      assertEquals(0, machine.sh("jdocker daemon --stop").status());
      machine.assertLeavesNothing();
    } finally {
      machine.close();
    }
  }

  private static void write(String project, String file, String text) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(project));
    Files.writeString(directory.resolve(file), text);
  }

  private static Outcome compose(String project, String words) {
    return machine.sh("cd " + project + " && jdocker compose " + words);
  }

  private static void assertDone(Outcome outcome) {
    assertEquals(0, outcome.status(), outcome.output());
  }

  @Test
  void aProjectLivesAndOnlyWhatChangedIsMadeAnew() throws IOException {
    String file =
        """
        services:
          db:
            image: bb
            command: sh -c 'echo db is up; sleep 1000'
            stop_grace_period: 0s
            healthcheck: {test: [CMD, "true"], interval: 1s}
            volumes: ["data:/data", "/anonymous"]
          web:
            image: bb
            command: sh -c 'echo web has $$WORD; sleep 1000'
            environment: {WORD: "${WORD:-one}"}
            stop_grace_period: 0s
            depends_on: {db: {condition: service_healthy}}
            networks: {default: {aliases: [www]}}
        volumes: {data: }
        """;
    write("life", "compose.yaml", file);
    Outcome up = compose("life", "up -d");
    assertDone(up);
    List<String> lines = up.output().lines().toList();
    assertEquals("Network life_default  Creating", lines.get(0).strip());
    assertTrue(
        lines.indexOf(" Container life-db-1  Healthy")
            < lines.indexOf(" Container life-web-1  Starting"),
        up.output());
    assertEquals(
        "life-db-1 db running healthy\nlife-web-1 web running",
        compose("life", "ps --format '{{.Name}} {{.Service}} {{.State}} {{.Health}}'")
            .output()
            .replaceAll(" +\n| +$", "\n")
            .strip());
    assertEquals(
        "db-1   | db is up\nweb-1  | web has one",
        machine.sh("cd life && jdocker compose logs | sort").output());
    String before = machine.sh("jdocker ps -q --no-trunc --filter name=life-").output();
    assertDone(compose("life", "up -d"));
    assertEquals(before, machine.sh("jdocker ps -q --no-trunc --filter name=life-").output());
    String volume = "jdocker inspect -f '{{range .Mounts}}{{.Name}} {{end}}' life-db-1";
    String db = machine.sh("jdocker inspect -f '{{.Id}}' life-db-1; " + volume).output();
    Outcome changed = machine.sh("cd life && WORD=two jdocker compose up -d 2>&1");
    assertDone(changed);
    assertTrue(changed.output().contains(" Container life-web-1  Recreated"), changed.output());
    assertEquals(db, machine.sh("jdocker inspect -f '{{.Id}}' life-db-1; " + volume).output());
    assertEquals("two", compose("life", "exec -T web sh -c 'echo $WORD'").output());
    assertDone(compose("life", "up -d --force-recreate --no-deps db"));
    String again = machine.sh("jdocker inspect -f '{{.Id}}' life-db-1; " + volume).output();
    assertNotEquals(db.lines().toList().get(0), again.lines().toList().get(0));
    assertEquals(db.lines().toList().get(1), again.lines().toList().get(1), "it keeps its volumes");
    assertDone(compose("life", "down"));
    assertEquals("life_data", machine.sh("jdocker volume ls -q --filter name=life_").output());
    assertDone(machine.sh("jdocker volume prune -f"));
    assertDone(compose("life", "down -v"));
  }

  @Test
  void aContainerSeesWhatTheFileSays() throws IOException {
    write("inside", "secret.txt", "from a file");
    write("inside", "app.env", "FROM_FILE=yes\n");
    write(
        "inside",
        "compose.yaml",
        """
        services:
          app:
            image: bb
            command: sleep 1000
            init: true
            env_file: app.env
            stop_grace_period: 0s
            secrets: [one, {source: two, target: second, mode: 0400}]
            configs: [{source: conf, target: /etc/app.conf}]
            tmpfs: /scratch
        secrets: {one: {file: secret.txt}, two: {environment: TOKEN}}
        configs: {conf: {content: "x=${TOKEN}"}}
        """);
    String environment = "cd inside && export TOKEN=t0ken && jdocker compose ";
    assertDone(machine.sh(environment + "up -d"));
    assertEquals(
        "yes|from a file|t0ken|x=t0ken|",
        machine
            .sh(
                environment
                    + "exec -T app sh -c 'for w in \"$FROM_FILE\" \"$(cat /run/secrets/one)\""
                    + " \"$(cat /run/secrets/second)\" \"$(cat /etc/app.conf)\";"
                    + " do echo -n \"$w|\"; done'")
            .output());
    Outcome oneOff =
        machine.sh(environment + "run --rm -T -e FROM_FILE=no app sh -c 'echo $FROM_FILE; exit 5'");
    assertEquals("no", oneOff.output());
    assertEquals(5, oneOff.status());
    assertEquals(
        "hello", machine.sh("echo hello | (" + environment + "run --rm -T app cat)").output());
    machine.sh("echo copied > inside/file");
    assertDone(machine.sh(environment + "cp file app:/tmp/file"));
    assertEquals("copied", machine.sh(environment + "exec -T app cat /tmp/file").output());
    assertDone(machine.sh(environment + "down -v"));
  }

  @Test
  void servicesAreScaledAndLeftOversFound() throws IOException {
    write(
        "many",
        "compose.yaml",
        "services: {w: {image: bb, command: sleep 1000, stop_grace_period: 0s}}");
    assertDone(compose("many", "up -d --scale w=3"));
    assertEquals("many-w-1\nmany-w-2\nmany-w-3", names());
    assertDone(compose("many", "up -d"));
    assertEquals("many-w-1", names());
    write(
        "many",
        "compose.yaml",
        "services: {v: {image: bb, command: sleep 1000, stop_grace_period: 0s}}");
    Outcome found = compose("many", "up -d 2>&1");
    assertTrue(found.output().contains("Found orphan containers ([many-w-1])"), found.output());
    assertDone(compose("many", "up -d --remove-orphans"));
    assertEquals("many-v-1", names());
    assertEquals("many", compose("many", "ls -q").output());
    assertDone(machine.sh("jdocker compose -p many down"));
  }

  private static String names() {
    return machine.sh("jdocker ps -a --format '{{.Names}}' --filter name=many- | sort").output();
  }

  @Test
  void inTheForegroundCtrlCStopsIt() throws Exception {
    write(
        "front",
        "compose.yaml",
        """
        services:
          talk:
            image: bb
            command: sh -c 'trap "exit 0" TERM; echo ready; while :; do sleep 0.1; done'
        """);
    Process up = machine.start("cd front && exec jdocker compose up 2>errors");
    byte[] line = up.getInputStream().readNBytes("talk-1  | ready\n".length());
    assertEquals("talk-1  | ready\n", new String(line, StandardCharsets.UTF_8));
    machine.sh("kill -INT " + up.pid());
    assertEquals(130, up.waitFor());
    Outcome told = machine.sh("cat front/errors");
    assertTrue(told.output().contains("Gracefully stopping..."), told.output());
    assertEquals("exited", compose("front", "ps -a --format '{{.State}}'").output());
    assertDone(compose("front", "down"));
  }

  @Test
  void whatFailsIsToldAndCounted() throws IOException {
    write(
        "bad",
        "compose.yaml",
        """
        services:
          once: {image: bb, command: sh -c 'exit 3'}
          app:
            image: bb
            command: sleep 1000
            depends_on: {once: {condition: service_completed_successfully}}
        """);
    Outcome failed = compose("bad", "up -d");
    assertEquals(1, failed.status());
    assertTrue(
        failed.output().endsWith("service \"once\" didn't complete successfully: exit 3"),
        failed.output());
    assertEquals("created", compose("bad", "ps -a --format '{{.State}}' app").output());
    assertDone(compose("bad", "down"));
    write("bad", "wrong.yaml", "services:\n  app:\n    image: bb\n    prots: []\n");
    Outcome wrong = compose("bad", "-f wrong.yaml up -d");
    assertEquals(15, wrong.status());
    assertTrue(
        wrong
            .output()
            .endsWith("wrong.yaml:4:5: services.app additional properties 'prots' not allowed"),
        wrong.output());
    assertEquals(14, compose("bad", "-f gone.yaml up -d").status());
    assertEquals(1, compose("bad", "up -d nosuch").status());
  }
}
