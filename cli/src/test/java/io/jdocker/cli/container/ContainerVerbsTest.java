package io.jdocker.cli.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests the verbs make, in docker's order, and what they print. */
class ContainerVerbsTest {
  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start a                     | POST /containers/a/start            | a~
          stop -t 2 -s INT a          | POST /containers/a/stop?signal=INT&t=2 | a~
          stop --time 3 a             | POST /containers/a/stop?t=3         | a~
          restart a                   | POST /containers/a/restart          | a~
          kill -s HUP a               | POST /containers/a/kill?signal=HUP  | a~
          rm a                        | DELETE /containers/a                | a~
          rm -fv a                    | DELETE /containers/a?v=1&force=1    | a~
          container rm a              | DELETE /containers/a                | a~
          tag a b:2                   | POST /images/a/tag?repo=b&tag=2     | ''
          network connect --ip 1.2.3.4 n c | POST /networks/n/connect       | ''
          network disconnect -f n c   | POST /networks/n/disconnect         | ''
          network rm n                | DELETE /networks/n                  | n~
          volume rm -f v              | DELETE /volumes/v?force=1           | v~
          """)
  void oneRequestEach(String line, String request, String printed) {
    engine.answer(request, 200, "");
    Typed typed = Typed.at(engine, line.split(" ", -1));
    assertEquals("", typed.err());
    assertEquals(printed, typed.out().replace('\n', '~'));
    assertEquals(0, typed.code());
    assertEquals(List.of(request), engine.lines());
  }

  @Test
  void goesOnAfterAFailure() {
    engine.answer("POST /containers/b/start", 200, "");
    engine.refuse("POST /containers/a/start", 404, "No such container: a");
    assertEquals(
        new Typed(
            1,
            "b\n",
            """
            Error response from daemon: No such container: a
            Error: failed to start containers: a
            """),
        Typed.at(engine, "start", "a", "b"));
  }

  @Test
  void removingWithForceWhatIsNotThereIsNoFailure() {
    engine.refuse("DELETE /containers/a", 404, "No such container: a");
    assertEquals(
        new Typed(0, "", "Error response from daemon: No such container: a\n"),
        Typed.at(engine, "rm", "-f", "a"));
    assertEquals(1, Typed.at(engine, "rm", "a").code());
  }

  @Test
  void waitPrintsTheExitCode() {
    engine.answer("POST /containers/a/wait", "{\"StatusCode\":7,\"Error\":null}");
    assertEquals(new Typed(0, "7\n", ""), Typed.at(engine, "wait", "a"));
  }

  @Test
  void runDetachedCreatesAndStarts() {
    engine.answer(
        "POST /containers/create", 201, "{\"Id\":\"abc\",\"Warnings\":[\"no swap limit\"]}");
    engine.answer("POST /containers/abc/start", 200, "");
    assertEquals(
        new Typed(0, "abc\n", "WARNING: no swap limit\n"),
        Typed.at(engine, "run", "-d", "--name", "x", "image", "cmd", "--flag"));
    assertEquals(
        List.of("POST /containers/create?name=x", "POST /containers/abc/start"), engine.lines());
    assertTrue(engine.body("POST /containers/create").contains("\"Cmd\":[\"cmd\",\"--flag\"]"));
  }

  private void attachable(String output, String exit) {
    engine.answer("POST /containers/create", 201, "{\"Id\":\"abc\"}");
    engine.answer("POST /containers/abc/start", 200, "");
    engine.answer("POST /containers/abc/wait", exit);
    engine.script(
        "POST /containers/abc/attach",
        (in, out) -> {
          FakeEngine.write(out, "HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n" + output);
          byte[] typed = in.readAllBytes();
          out.write(new byte[] {1, 0, 0, 0, 0, 0, 0, (byte) typed.length});
          out.write(typed);
        });
  }

  @Test
  void runAttachesBeforeItStarts() {
    attachable("\u0001\0\0\0\0\0\0\u0003out\u0002\0\0\0\0\0\0\u0003err", "{\"StatusCode\":3}");
    assertEquals(new Typed(3, "out", "err"), Typed.at(engine, "run", "image"));
    assertEquals(
        List.of(
            "POST /containers/create",
            "POST /containers/abc/attach?stream=1&stdout=1&stderr=1",
            "POST /containers/abc/wait?condition=next-exit",
            "POST /containers/abc/start"),
        engine.lines());
  }

  @Test
  void standardInputGoesInAndIsHalfClosed() {
    attachable("", "{\"StatusCode\":0}");
    assertEquals(
        new Typed(0, "typed", ""), Typed.withInput(engine, "typed", "run", "-i", "--rm", "image"));
    assertTrue(engine.lines().get(1).contains("stdin=1"));
    assertTrue(engine.lines().get(2).endsWith("condition=removed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          exec: "x": executable file not found in $PATH   | 127
          exec: "/etc": permission denied                 | 126
          exec: "/etc": is a directory                    | 126
          port is already allocated                       | 125
          """)
  void aFailedStartTellsWhyInItsExitCode(String message, int code) {
    engine.answer("POST /containers/create", 201, "{\"Id\":\"abc\"}");
    engine.refuse("POST /containers/abc/start", 400, message);
    Typed typed = Typed.at(engine, "run", "-d", "image");
    assertEquals(
        new Typed(
            code,
            "",
            "jdocker: Error response from daemon: "
                + message
                + "\n\nRun 'jdocker run --help' for more information\n"),
        typed);
  }

  @Test
  void aMissingImageIsPulled() {
    engine.refuse("POST /containers/create", 404, "No such image: nope:1");
    engine.refuse("POST /images/create", 501, "pull is not supported");
    Typed typed = Typed.at(engine, "run", "nope:1");
    assertEquals(125, typed.code());
    assertEquals(
        """
        Unable to find image 'nope:1' locally
        jdocker: Error response from daemon: pull is not supported

        Run 'jdocker run --help' for more information
        """,
        typed.err());
    assertEquals("POST /images/create?fromImage=nope&tag=1", engine.lines().get(1));
  }

  @Test
  void withPullNeverTheRefusalStands() {
    engine.refuse("POST /containers/create", 404, "No such image: nope:1");
    Typed typed = Typed.at(engine, "run", "--pull", "never", "nope:1");
    assertEquals(125, typed.code());
    assertEquals(List.of("POST /containers/create"), engine.lines());
  }

  @Test
  void aTerminalIsAskedForWhereThereIsNone() {
    Typed typed = Typed.withInput(engine, "", "run", "-it", "image");
    assertEquals(new Typed(1, "", "the input device is not a TTY\n"), typed);
    assertEquals(List.of(), engine.lines());
  }

  @Test
  void execRunsAndAsksForTheExitCode() {
    engine.answer("GET /containers/c/json", "{\"Id\":\"c\"}");
    engine.answer("POST /containers/c/exec", 201, "{\"Id\":\"e\"}");
    engine.script(
        "POST /exec/e/start",
        (in, out) ->
            FakeEngine.write(
                out, "HTTP/1.1 101 UPGRADED\r\nUpgrade: tcp\r\n\r\n\u0001\0\0\0\0\0\0\u0002hi"));
    engine.answer("GET /exec/e/json", "{\"ExitCode\":4}");
    assertEquals(
        new Typed(4, "hi", ""),
        Typed.at(engine, "exec", "-e", "A=1", "-u", "5", "-w", "/x", "c", "sh", "-c", "y"));
    assertEquals(
        "{\"User\":\"5\",\"AttachStdout\":true,\"AttachStderr\":true,\"Env\":[\"A=1\"],"
            + "\"WorkingDir\":\"/x\",\"Cmd\":[\"sh\",\"-c\",\"y\"]}",
        engine.body("POST /containers/c/exec"));
  }

  @Test
  void execDetachedDoesNotWait() {
    engine.answer("GET /containers/c/json", "{}");
    engine.answer("POST /containers/c/exec", 201, "{\"Id\":\"e\"}");
    engine.answer("POST /exec/e/start", 200, "");
    assertEquals(new Typed(0, "", ""), Typed.at(engine, "exec", "-d", "c", "x"));
    assertEquals("{\"Detach\":true}", engine.body("POST /exec/e/start"));
  }

  @Test
  void logsAreTakenApartUnlessFromATerminal() {
    engine.answer("GET /containers/c/json", "{\"Id\":\"c\",\"Config\":{\"Tty\":false}}");
    engine.answer("GET /containers/c/logs", "\u0002\0\0\0\0\0\0\u0003err");
    assertEquals(new Typed(0, "", "err"), Typed.at(engine, "logs", "--tail", "5", "c"));
    assertEquals("GET /containers/c/logs?stdout=1&stderr=1&tail=5", engine.lines().get(1));
    engine.answer("GET /containers/c/json", "{\"Id\":\"c\",\"Config\":{\"Tty\":true}}");
    engine.answer("GET /containers/c/logs", "raw\r\n");
    assertEquals(new Typed(0, "raw\r\n", ""), Typed.at(engine, "logs", "c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"Running":false}                    | You cannot attach to a stopped container, start it first
          {"Running":true,"Paused":true}       | You cannot attach to a paused container, unpause it first
          {"Running":true,"Restarting":true}   | You cannot attach to a restarting container, wait until it is running
          """)
  void attachNeedsARunningContainer(String state, String message) {
    engine.answer("GET /containers/c/json", "{\"Id\":\"c\",\"State\":" + state + "}");
    assertEquals(new Typed(1, "", message + "\n"), Typed.at(engine, "attach", "c"));
  }

  @Test
  void portsAreSortedByNumber() {
    engine.answer(
        "GET /containers/c/json",
        """
        {"NetworkSettings":{"Ports":{"443/tcp":[{"HostIp":"::","HostPort":"1"}],"9/udp":null,
         "80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]}}}
        """);
    assertEquals(
        new Typed(0, "80/tcp -> 0.0.0.0:8080\n443/tcp -> [::]:1\n", ""),
        Typed.at(engine, "port", "c"));
    assertEquals(new Typed(0, "0.0.0.0:8080\n", ""), Typed.at(engine, "port", "c", "80"));
    assertEquals(
        new Typed(1, "", "Error: No public port '9/udp' published for c\n"),
        Typed.at(engine, "port", "c", "9/udp"));
  }

  @Test
  void topIsATable() {
    engine.answer(
        "GET /containers/c/top",
        "{\"Titles\":[\"PID\",\"CMD\"],\"Processes\":[[\"1\",\"sh\"],[\"22\",\"top x\"]]}");
    assertEquals(
        "PID                 CMD\n1                   sh\n22                  top x\n",
        Typed.at(engine, "top", "c", "-o", "pid,cmd").out());
    assertEquals("GET /containers/c/top?ps_args=-o%20pid%2Ccmd", engine.lines().get(0));
  }

  @Test
  void explainPassesTheStoryOn() {
    engine.answer("GET /jdocker/containers/c/explain", "step 1\nstep 2\n");
    assertEquals("step 1\nstep 2\n", Typed.at(engine, "explain", "--format", "sh", "c").out());
    assertEquals("GET /jdocker/containers/c/explain?format=sh", engine.lines().get(0));
  }

  @Test
  void pruneAsksFirst() {
    engine.answer(
        "POST /containers/prune", "{\"ContainersDeleted\":[\"a\"],\"SpaceReclaimed\":1234}");
    Typed no = Typed.withInput(engine, "n\n", "container", "prune");
    assertEquals(0, no.code());
    assertEquals("", no.err());
    assertEquals(List.of(), engine.lines());
    Typed yes = Typed.withInput(engine, "y\n", "container", "prune");
    assertTrue(
        yes.out().endsWith("Deleted Containers:\na\n\nTotal reclaimed space: 1.234kB\n"),
        yes.out());
    assertEquals(0, yes.code());
  }

  @Test
  void runExplainsLiveOrAfterwards() {
    attachable("", "{\"StatusCode\":0}");
    engine.refuse("GET /jdocker/containers/abc/explain?live=1", 501, "not live");
    engine.answer("GET /jdocker/containers/abc/explain?format=text", "the story\n");
    assertEquals(new Typed(0, "", "the story\n"), Typed.at(engine, "run", "--explain", "image"));
    engine.refuse("GET /jdocker/containers/abc/explain?format=text", 404, "gone already");
    assertEquals(new Typed(0, "", ""), Typed.at(engine, "run", "--explain", "image"));
  }
}
