package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Sys;
import io.jdocker.linux.failure.EngineException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a container can reach of the engine while one of its processes is being started. */
final class RuntimeBinaryIT {
  /** Opens every other process' executable and descriptors, as fast as a shell can. */
  private static final String SPY =
      """
      echo ready
      while [ ! -e /tmp/stop ]; do
        for p in /proc/[0-9]*; do
          [ $p = /proc/1 ] && continue
          exe=$(readlink $p/exe 2>/dev/null)
          case "$exe" in
            /bin/busybox) ;;
            "") true 2>/dev/null >>$p/exe && echo "opened $p/exe";;
            *) echo "executable $exe";;
          esac
          for fd in $p/fd/*; do
            case "$fd" in */[0-2]) continue;; esac
            to=$(readlink $fd 2>/dev/null)
            case "$to" in ""|/proc/*|pipe:*|/bin/busybox) ;; *) echo "descriptor $to";; esac
          done
        done
      done
      """;

  /** As above with CAP_SYS_PTRACE, which the kernel lets see more. */
  private static final String TRACER =
      """
      echo ready
      while [ ! -e /tmp/stop ]; do
        for p in /proc/[0-9]*; do
          exe=$(readlink $p/exe 2>/dev/null)
          case "$exe" in
            ""|/bin/busybox) ;;
            "/memfd:jdocker-keeper (deleted)")
              echo overwritten 2>/dev/null >>$p/exe && echo "wrote to $exe";;
            *) echo "executable $exe";;
          esac
        done
      done
      """;

  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  /** And CVE-2016-9962, where the process that enters could be traced, or its files be taken. */
  @Test
  void cve20195736HalfStartedExecsShowNothingOfTheEngine() throws Exception {
    spyOnExecs(Specs.shell(SPY));
  }

  @Test
  void cve20195736EvenATracerFindsTheSealedKeeperAlone() throws Exception {
    spyOnExecs(
        Specs.shell(TRACER)
            .security(new SecuritySpec(false, false, List.of("SYS_PTRACE"), List.of(), false, "")));
  }

  private void spyOnExecs(Specs spy) throws Exception {
    Container container = test.start(spy.spec());
    test.awaitOutput(container, "ready");
    for (int i = 0; i < 100; i++) {
      assertEquals(0, test.exec(container, Specs.exec("true")).exitCode());
    }
    // Killed at its end where the spy was quicker, as the spy is process 1.
    test.exec(container, Specs.exec("touch", "/tmp/stop"));
    assertEquals(0, test.awaitExit(container.id().hex()));
    String log = Files.readString(test.engine().containers().logFile(container));
    assertEquals(1, log.lines().filter(line -> line.contains("stdout")).count(), log);
  }

  /**
   * The first form of the attack: the image's command is the runtime itself, with an interpreter of
   * the image's (ld.so), which goes on to keep the runtime's file open. Ours is run by nobody's
   * interpreter and ends at once.
   */
  @Test
  void cve20195736TheEngineIsNotTheImagesCommand() throws Exception {
    byte[] interpreter = Files.readAllBytes(Path.of("/bin/busybox"));
    HostileImage.importInto(
        test.engine().images(),
        "evil",
        tar ->
            tar.directory("lib64", 0755)
                .file("lib64/ld-linux-x86-64.so.2", interpreter, 0755)
                .directory("lib", 0755)
                .file("lib/ld-linux-aarch64.so.1", interpreter, 0755)
                .symlink("bin/link", "/proc/self/exe")
                .file("bin/script", "#!/proc/self/exe\n", 0755));
    for (String command : List.of("/proc/self/exe", "link", "script")) {
      assertEquals(new Outcome(127, "", ""), test.run(Specs.run(command).spec("evil")), command);
    }
  }

  @Test
  void cve20169962TheEngineCannotBeTraced() {
    long dumpable = test.engine().kernel().attempt(Sys.PRCTL, 3 /* PR_GET_DUMPABLE */);
    assertEquals(0, dumpable);
  }

  @Test
  void cve202421626NoWorkFolderThroughADescriptorOfTheEngine() {
    Container running = test.start(Specs.run("sleep", "100").spec());
    for (int fd : List.of(3, 7, 8, 9, 10, 11, 12, 20, 40)) {
      String folder = "/proc/self/fd/" + fd;
      Container container =
          test.engine()
              .containers()
              .create("", Specs.run("ls").workingDirectory(folder + "/../..").spec());
      assertThrows(
          EngineException.class,
          () -> test.engine().containers().start(container.id().hex()),
          folder);
      InvalidArgument refused =
          assertThrows(InvalidArgument.class, () -> test.exec(running, execIn(folder)), folder);
      assertTrue(
          refused.getMessage().contains("chdir to cwd (\"" + folder + "\") failed"),
          refused.getMessage());
    }
  }

  private static ExecSpec execIn(String folder) {
    return new ExecSpec(
        List.of("ls"), List.of(), folder, "", false, false, true, true, false, 0, 0);
  }

  @Test
  void cve202421626AProcessHasItsThreeDescriptorsAlone() throws Exception {
    // The fourth is the folder that ls reads.
    List<String> three = List.of("0", "1", "2", "3");
    Outcome run = test.run(Specs.run("ls", "/proc/self/fd").stdin(false).spec());
    assertEquals(three, run.stdout().lines().toList());
    Container container = test.start(Specs.run("sleep", "100").terminal().spec());
    Outcome exec = test.exec(container, Specs.exec("ls", "/proc/self/fd"));
    assertEquals(three, exec.stdout().lines().toList());
    Outcome first = test.exec(container, Specs.exec("ls", "/proc/1/fd"));
    assertEquals(List.of("0", "1", "2"), first.stdout().lines().toList());
  }

  @Test
  void cve202014370NothingOfTheEnginesEnvironmentIsInside() throws Exception {
    Outcome run = test.run(Specs.run("env").environment("A=1").spec());
    List<String> names =
        run.stdout().lines().map(line -> line.substring(0, line.indexOf('='))).sorted().toList();
    assertEquals(List.of("A", "HOME", "HOSTNAME", "PATH"), names);
    Container container = test.start(Specs.run("sleep", "100").environment("A=1").spec());
    Outcome exec = test.exec(container, Specs.exec("env"));
    assertEquals(
        List.of("A", "HOME", "HOSTNAME", "PATH"),
        exec.stdout().lines().map(line -> line.substring(0, line.indexOf('='))).sorted().toList());
    assertFalse(exec.stdout().contains("JAVA"), exec.stdout());
  }
}
