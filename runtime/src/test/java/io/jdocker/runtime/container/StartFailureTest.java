package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.Sys;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.launch.KeeperImage;
import io.jdocker.linux.launch.Launch;
import io.jdocker.linux.launch.LaunchException;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Launcher;
import io.jdocker.linux.launch.Operand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The refusals are the kernel's own: each program is launched and fails before it runs anything.
 */
final class StartFailureTest {
  private static final String START = "unable to start container process: ";
  private static final int FIRST_FREE = 32;

  private final Kernel kernel = Kernel.load();
  private final LaunchProgram.Builder program = LaunchProgram.builder();
  @TempDir Path dir;
  private Launcher launcher;

  @BeforeEach
  void open() {
    launcher = new Launcher(kernel);
  }

  @AfterEach
  void close() {
    launcher.close();
  }

  /** More open files than fs.nr_open is what even root may not have. */
  @Test
  void aLimitThatCannotBeRaisedIsNamedWithWhatItNeeds() {
    byte[] most = new byte[16];
    Arrays.fill(most, (byte) 0xff);
    program.add(
        "limit nofile",
        Sys.PRLIMIT64,
        Operand.of(0),
        Operand.of(7),
        new Operand.Memory(most, "{unlimited:unlimited}"),
        Operand.of(0));
    StartFailure failure = launch("cmd");
    assertEquals(128, failure.exitCode());
    assertEquals(
        START
            + "cannot limit nofile: operation not permitted: a limit above the engine's own needs"
            + " CAP_SYS_RESOURCE, which it was started without",
        failure.message());
    assertInstanceOf(SystemFailure.class, failure.toException());
  }

  @Test
  void aCommandInNoFolderOfThePathIsNotFound() {
    exec(dir + "/a/cmd", true);
    exec(dir + "/b/cmd", false);
    StartFailure failure = launch("cmd");
    assertEquals(127, failure.exitCode());
    assertEquals(START + "exec: \"cmd\": executable file not found in $PATH", failure.message());
  }

  @Test
  void aCommandWithASlashIsNamedAsItWasGiven() {
    exec(dir + "/missing", false);
    StartFailure failure = launch("/missing");
    assertEquals(127, failure.exitCode());
    assertEquals(
        START + "exec: \"/missing\": stat /missing: no such file or directory", failure.message());
  }

  @Test
  void aFolderIsNoCommand() throws IOException {
    Files.createDirectory(dir.resolve("folder"));
    exec(dir + "/folder", false);
    StartFailure failure = launch("/folder");
    assertEquals(126, failure.exitCode());
    assertEquals(START + "exec: \"/folder\": permission denied", failure.message());
  }

  /** As execvp(3): that one was there, if not to be run, says more than that the last was not. */
  @Test
  void aDeniedCandidateCountsMoreThanAMissingOneAfterIt() throws IOException {
    Files.createDirectory(dir.resolve("folder"));
    exec(dir + "/folder", true);
    exec(dir + "/missing", false);
    StartFailure failure = launch("cmd");
    assertEquals(126, failure.exitCode());
    assertEquals(START + "exec: \"cmd\": permission denied", failure.message());
  }

  @Test
  void aFileThatIsNoProgramHasTheWrongFormat() throws IOException {
    Path text = Files.writeString(dir.resolve("text"), "no program");
    Files.setPosixFilePermissions(
        text, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    exec(text.toString(), false);
    StartFailure failure = launch("/text");
    assertEquals(126, failure.exitCode());
    assertEquals(START + "exec: \"/text\": exec format error", failure.message());
  }

  @Test
  void aWorkFolderThatIsAFileCannotBeEntered() throws IOException {
    String file = Files.writeString(dir.resolve("file"), "").toString();
    program.add("enter the work folder", Sys.CHDIR, Operand.of(file));
    StartFailure failure = launch("/bin/true");
    assertEquals(126, failure.exitCode());
    assertEquals(START + "chdir to cwd (\"/work\") failed: not a directory", failure.message());
  }

  @Test
  void aWorkFolderThatIsMissingIsNotFound() {
    program.add("enter the work folder", Sys.CHDIR, Operand.of(dir + "/missing"));
    StartFailure failure = launch("/bin/true");
    assertEquals(127, failure.exitCode());
    assertEquals(
        START + "chdir to cwd (\"/work\") failed: no such file or directory", failure.message());
    EngineException e = failure.toException();
    assertInstanceOf(InvalidArgument.class, e);
    assertEquals("failed to create task for container: " + failure.message(), e.getMessage());
  }

  @Test
  void anyOtherStepIsTheEnginesFailureAndKeepsTheWholeCall() {
    program.add("enter another", Sys.CHDIR, Operand.of(dir + "/missing"));
    StartFailure failure = launch("/bin/true");
    assertEquals(128, failure.exitCode());
    assertEquals(
        START + "enter another: chdir(\"" + dir + "/missing\"): ENOENT (No such file or directory)",
        failure.message());
    assertInstanceOf(SystemFailure.class, failure.toException());
  }

  private void exec(String file, boolean tolerant) {
    var step =
        program.add(
            "run the command",
            Sys.EXECVE,
            Operand.of(file),
            Operand.of(List.of("cmd")),
            Operand.of(List.of()));
    if (tolerant) {
      step.tolerate(Errno.ENOENT, Errno.EACCES, Errno.ENOTDIR);
    }
  }

  private StartFailure launch(String command) {
    try (Fd devNull = kernel.files().open("/dev/null", OpenFlags.O_RDWR, 0);
        Fd held = kernel.files().duplicate(devNull, FIRST_FREE)) {
      Launch launch =
          new Launch(
              "test",
              program.build(),
              List.of(),
              0,
              List.of(new Launch.Held(held, KeeperImage.STATUS_FD)),
              Optional.empty());
      LaunchException e = assertThrows(LaunchException.class, () -> launcher.launch(launch));
      return StartFailure.of(e, List.of(command), "/work");
    }
  }
}
