package io.jdocker.cli.container.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flags that say nothing sensible: one line, exit code 125, and no request at all. */
class RefusedFlagsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -p 70000:1               | invalid hostPort: 70000
          -p a:80                  | invalid hostPort: a
          -p 80:b                  | invalid containerPort: b
          -p 80/icmp               | invalid proto: icmp
          -p 1-3:1-2               | invalid ranges specified for container and host Ports: 1-2 and 1-3
          -p 5-3                   | invalid containerPort: 5-3
          -p x.y:80:80             | invalid IP address: x.y
          --expose x               | invalid range format for --expose: x, error: strconv.ParseUint: parsing "x": invalid syntax
          --expose 1:2             | invalid port format for --expose: 1:2
          -v :/b                   | invalid spec: :/b: empty section between colons
          --device x:y:z:w         | bad format for path: x:y:z:w
          --device /a:/b:q         | bad mode specified: q
          --mac-address x          | x is not a valid mac address
          --pid foo                | --pid: invalid PID mode
          --uts foo                | --uts: invalid UTS mode
          --userns foo             | --userns: invalid USER mode
          --cgroupns foo           | --cgroupns: invalid CGROUP mode
          --env-file /nope         | open /nope: no such file or directory
          --security-opt foo       | Invalid --security-opt: "foo"
          --security-opt seccomp=/nope | opening seccomp profile (/nope) failed: open /nope: no such file or directory
          --rm --restart always    | conflicting options: cannot specify both --restart and --rm
          --restart on-failure:x   | invalid restart policy format: maximum retry count must be an integer
          --memory-swappiness 101  | invalid value: 101. Valid memory swappiness range is 0-100
          --net a --net host       | conflicting options: cannot attach both user-defined and non-user-defined network-modes
          --no-healthcheck --health-retries 1 | --no-healthcheck conflicts with --health-* options
          --pull sometimes         | invalid pull option: 'sometimes': must be one of "always", "missing" or "never"
          """)
  void saysWhatIsWrong(String flags, String reason) throws IOException {
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      List<String> words = new java.util.ArrayList<>(List.of("create"));
      words.addAll(List.of(flags.split(" ", -1)));
      words.add("image");
      Typed typed = Typed.at(engine, words.toArray(new String[0]));
      assertEquals(125, typed.code());
      assertEquals(
          "jdocker: " + reason + "\n\nRun 'jdocker create --help' for more information\n",
          typed.err());
      assertEquals(List.of(), engine.lines());
    }
  }

  @Test
  void refusesAnIdFileThatExists() throws IOException {
    Path file = Files.createFile(directory.resolve("cid"));
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      Typed typed = Typed.at(engine, "create", "--cidfile", file.toString(), "image");
      assertEquals(1, typed.code());
      assertTrue(typed.err().contains("container ID file found"), typed.err());
      assertEquals(List.of(), engine.lines());
    }
  }

  @Test
  void readsFilesOfVariablesAndLabels() throws IOException {
    Path variables = directory.resolve("env");
    Files.writeString(variables, "# comment\n\nA=1\n  B=two words\nHERE\nUNSET\n");
    Path labels = directory.resolve("labels");
    Files.writeString(labels, "x=1\ny\n");
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      engine.answer("POST /containers/create", "{\"Id\":\"abc\"}");
      List<String> line =
          List.of(
              "-H",
              engine.url(),
              "create",
              "--env-file",
              variables.toString(),
              "--label-file",
              labels.toString(),
              "image");
      Typed typed = Typed.run("", java.util.Map.of("HERE", "there"), line);
      assertEquals(new Typed(0, "abc\n", ""), typed);
      String body = engine.body("POST /containers/create");
      assertTrue(body.contains("\"Env\":[\"A=1\",\"B=two words\",\"HERE=there\"]"), body);
      assertTrue(body.contains("\"Labels\":{\"x\":\"1\"}"), body);
    }
  }

  @Test
  void refusesABlankInAVariablesName() throws IOException {
    Path variables = directory.resolve("env");
    Files.writeString(variables, "A B=1\n");
    Typed typed = Typed.alone("create", "--env-file", variables.toString(), "image");
    assertEquals(125, typed.code());
    assertTrue(typed.err().contains("variable 'A B' contains whitespaces"), typed.err());
  }

  @Test
  void sendsTheTextOfASeccompProfile() throws IOException {
    Path profile = directory.resolve("p.json");
    Files.writeString(profile, "{ \"defaultAction\" :\n \"SCMP_ACT_ALLOW\" }");
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      engine.answer("POST /containers/create", "{\"Id\":\"abc\"}");
      Typed.at(engine, "create", "--security-opt", "seccomp=" + profile, "image");
      String body = engine.body("POST /containers/create");
      assertTrue(body.contains("seccomp={\\\"defaultAction\\\":\\\"SCMP_ACT_ALLOW\\\"}"), body);
    }
  }
}
