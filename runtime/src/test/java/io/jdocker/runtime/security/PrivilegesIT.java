package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ExecSpec;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.HostileImage;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import io.jdocker.runtime.testing.TestEngine.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who a process of a container is, and what it may ask of the kernel. */
final class PrivilegesIT {
  /** Docker's 14 capabilities, see capabilities(7). */
  private static final String DEFAULT_CAPABILITIES = "00000000a80425fb";

  private static final String NONE = "0000000000000000";

  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private static Map<String, String> status(Outcome outcome) {
    return outcome
        .stdout()
        .lines()
        .map(line -> line.split(":", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip()));
  }

  private Map<String, String> statusOfRun(Specs specs) throws Exception {
    return status(test.run(specs.spec()));
  }

  private static Specs showStatus() {
    return Specs.run("cat", "/proc/self/status");
  }

  private Map<String, String> statusOfExec(Specs container, ExecSpec exec) throws Exception {
    return status(test.exec(test.start(container.spec()), exec));
  }

  private static SecuritySpec security(List<String> add, List<String> drop) {
    return new SecuritySpec(false, false, add, drop, false, "");
  }

  private static void assertCapabilities(
      Map<String, String> status, String effective, String bounding) {
    assertEquals(effective, status.get("CapEff"));
    assertEquals(effective, status.get("CapPrm"));
    assertEquals(bounding, status.get("CapBnd"));
    // CVE-2022-29162, CVE-2022-24769, CVE-2022-27649, CVE-2022-27650
    assertEquals(NONE, status.get("CapInh"));
    assertEquals(NONE, status.get("CapAmb"));
  }

  @Test
  void cve202229162NoCapabilityIsInherited() throws Exception {
    Specs sleeping = Specs.run("sleep", "100");
    assertCapabilities(statusOfRun(showStatus()), DEFAULT_CAPABILITIES, DEFAULT_CAPABILITIES);
    assertCapabilities(statusOfRun(showStatus().user("user")), NONE, DEFAULT_CAPABILITIES);
    assertCapabilities(
        statusOfExec(sleeping, Specs.exec("cat", "/proc/self/status")),
        DEFAULT_CAPABILITIES,
        DEFAULT_CAPABILITIES);
    assertCapabilities(
        statusOfExec(sleeping, Specs.execAs("1000", "cat", "/proc/self/status")),
        NONE,
        DEFAULT_CAPABILITIES);
  }

  @Test
  void capabilitiesAreAddedAndDropped() throws Exception {
    assertCapabilities(
        statusOfRun(showStatus().security(security(List.of("NET_ADMIN"), List.of("CHOWN")))),
        "00000000a80435fa",
        "00000000a80435fa");
    assertCapabilities(
        statusOfRun(showStatus().security(security(List.of("cap_net_raw"), List.of("ALL")))),
        "0000000000002000",
        "0000000000002000");
  }

  @Test
  void aPrivilegedOneHasAllThatTheEngineHas() throws Exception {
    Map<String, String> status =
        statusOfRun(
            showStatus().security(new SecuritySpec(true, false, List.of(), List.of(), false, "")));
    String own =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("CapEff:"))
            .findFirst()
            .orElseThrow()
            .substring("CapEff:".length())
            .strip();
    assertCapabilities(status, own, own);
    assertEquals("0", status.get("Seccomp"));
  }

  @Test
  void theSeccompPolicyIsOn() throws Exception {
    Map<String, String> status = statusOfRun(showStatus());
    assertEquals("2", status.get("Seccomp"));
    assertEquals("0", status.get("NoNewPrivs"));
    Specs sleeping = Specs.run("sleep", "100");
    assertEquals(
        "2", statusOfExec(sleeping, Specs.exec("cat", "/proc/self/status")).get("Seccomp"));
    // Both need CAP_SYS_ADMIN in the kernel's eyes, too; user namespaces do not.
    Outcome outcome = test.run(Specs.run("unshare", "-U", "true").spec());
    assertTrue(outcome.stderr().contains("Operation not permitted"), outcome.toString());
    Outcome free =
        test.run(
            Specs.run("unshare", "-U", "true")
                .security(new SecuritySpec(false, false, List.of(), List.of(), false, "unconfined"))
                .spec());
    assertEquals(new Outcome(0, "", ""), free);
  }

  @Test
  void aSeccompProfileOfOnesOwnDecides() throws Exception {
    String profile =
        "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [\"mkdir\", \"mkdirat\"],"
            + " \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 30}]}";
    Outcome outcome =
        test.run(
            Specs.shell("mkdir /tmp/x; touch /tmp/y && echo touched")
                .security(new SecuritySpec(false, false, List.of(), List.of(), false, profile))
                .spec());
    assertEquals("touched\n", outcome.stdout());
    assertTrue(outcome.stderr().contains("Read-only file system"), outcome.stderr());
  }

  @Test
  void mountsAreRefused() throws Exception {
    Outcome outcome = test.run(Specs.run("mount", "-t", "tmpfs", "x", "/tmp").spec());
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.stderr().contains("permission denied"), outcome.stderr());
  }

  @Test
  void noNewPrivilegesComesWithTheFilterStillOn() throws Exception {
    SecuritySpec strict = new SecuritySpec(false, false, List.of(), List.of(), true, "");
    for (String user : List.of("", "user")) {
      Map<String, String> status = statusOfRun(showStatus().user(user).security(strict));
      assertEquals("1", status.get("NoNewPrivs"));
      assertEquals("2", status.get("Seccomp"));
    }
  }

  /** Docker gives users other than root no capability; with one, execve(2) would look away. */
  @Test
  void aUserCannotRunWhatOnlyRootMay() throws Exception {
    HostileImage.importInto(
        test.engine().images(),
        "secret",
        tar -> tar.file("bin/secret", "#!/bin/sh\necho secret\n", 0700));
    Container container =
        test.engine().containers().create("", Specs.run("secret").user("1000").spec("secret"));
    InvalidArgument refused =
        assertThrows(
            InvalidArgument.class, () -> test.engine().containers().start(container.id().hex()));
    assertTrue(refused.getMessage().contains("permission denied"), refused.getMessage());
    assertEquals(126, container.state().exitCode());
  }

  /** And CVE-2022-36109: a group that should take rights away must be there. */
  @Test
  void cve202325173SupplementaryGroupsAreSet() throws Exception {
    assertEquals("0\n", test.run(Specs.run("id", "-G").spec()).stdout());
    assertEquals("1000 50\n", test.run(Specs.run("id", "-G").user("user").spec()).stdout());
    assertEquals("7\n", test.run(Specs.run("id", "-G").user("1000:7").spec()).stdout());
    assertEquals("0\n", test.run(Specs.run("id", "-G").user("4321").spec()).stdout());
    Container container = test.start(Specs.run("sleep", "100").spec());
    assertEquals("1000 50\n", test.exec(container, Specs.execAs("user", "id", "-G")).stdout());
  }

  @Test
  void cve20163697ANumberIsNeverAName() throws Exception {
    HostileImage.importInto(
        test.engine().images(),
        "names",
        tar ->
            tar.directory("etc", 0755)
                .file("etc/passwd", "1000:x:0:0::/:/bin/sh\nevil:x:77:0::/:/bin/sh\n", 0644));
    assertEquals("1000\n", test.run(Specs.run("id", "-u").user("1000").spec("names")).stdout());
    Container container = test.start(Specs.run("sleep", "100").spec("names"));
    assertEquals("1000\n", test.exec(container, Specs.execAs("1000", "id", "-u")).stdout());
  }

  /** And CVE-2026-30892, where trailing letters were dropped. */
  @Test
  void cve202440635NumbersPastTheEndAreRefused() throws Exception {
    Container running = test.start(Specs.run("sleep", "100").spec());
    for (String user :
        List.of("4294967296", "2147483648", "99999999999999999999", "-1", "1000x", "0x0", "0:-1")) {
      Container container =
          test.engine().containers().create("", Specs.run("id").user(user).spec());
      assertThrows(
          InvalidArgument.class,
          () -> test.engine().containers().start(container.id().hex()),
          user);
      assertThrows(InvalidArgument.class, () -> test.exec(running, Specs.execAs(user, "id")), user);
    }
    String last = "2147483647";
    assertEquals(last + "\n", test.run(Specs.run("id", "-u").user(last).spec()).stdout());
  }

  @Test
  void cve20249676AHostilePasswdNeitherHangsNorLeadsOut() throws Exception {
    HostileImage.importInto(
        test.engine().images(),
        "passwd",
        tar ->
            tar.directory("etc", 0755)
                .symlink("etc/passwd", "/proc/self/environ")
                .symlink("etc/group", "/../../../../etc/group"));
    for (String user : List.of("user", "0:staff")) {
      Container container =
          test.engine().containers().create("", Specs.run("id").user(user).spec("passwd"));
      assertThrows(
          InvalidArgument.class, () -> test.engine().containers().start(container.id().hex()));
    }
    // While it runs: a FIFO, which nobody writes to.
    Container running =
        test.start(
            Specs.shell("rm /etc/passwd; mkfifo /etc/passwd; echo ready; exec sleep 100").spec());
    test.awaitOutput(running, "ready");
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> test.exec(running, Specs.execAs("user", "id")));
    assertTrue(refused.getMessage().contains("/etc/passwd"), refused.getMessage());
  }

  @Test
  void theBusyboxImagesUserIsFound() throws Exception {
    BusyboxImage.importInto(test.engine().images(), "as-user:latest", "USER user");
    assertEquals(
        "uid=1000(user) gid=1000(user) groups=50(staff),1000(user)\n",
        test.run(Specs.run("id").spec("as-user")).stdout());
  }
}
