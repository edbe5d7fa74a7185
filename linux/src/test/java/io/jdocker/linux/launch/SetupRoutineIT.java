package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Architecture;
import io.jdocker.linux.Sys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The machine code of both architectures, run as a static executable: that of this machine as it
 * is, the other one under qemu's user emulation (Debian's qemu-user-static).
 */
final class SetupRoutineIT {
  private static final Operand CWD = Operand.of(-100);

  @TempDir Path dir;

  private record Ended(int status, String output) {}

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void stepsAreMadeInOrder(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    say(program, "one ");
    say(program, "two");
    leave(program, 3);
    assertEquals(new Ended(3, "one two"), run(program.build(), architecture));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void aResultIsALaterOperand(Architecture architecture) throws Exception {
    Files.writeString(dir.resolve("file"), "content");
    Operand.Memory buffer = new Operand.Memory(new byte[16], "buffer");
    LaunchProgram.Builder program = LaunchProgram.builder();
    Step file = program.add("open", Sys.OPENAT, CWD, Operand.of(dir + "/file"), Operand.of(0));
    Step length = program.add("read", Sys.READ, Operand.of(file), buffer, Operand.of(16));
    program.add("write", Sys.WRITE, Operand.of(1), buffer, Operand.of(length));
    leave(program, 0);
    assertEquals(new Ended(0, "content"), run(program.build(), architecture));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void anErrorEndsTheProgram(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.add("enter", Sys.CHDIR, Operand.of(dir + "/missing"));
    say(program, "not reached");
    leave(program, 0);
    assertEquals(new Ended(127, ""), run(program.build(), architecture));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void aToleratedErrorDoesNot(Architecture architecture) throws Exception {
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.add("enter", Sys.CHDIR, Operand.of(dir + "/missing")).tolerate(Errno.ENOENT);
    program
        .add("make", Sys.MKDIRAT, CWD, Operand.of(dir.toString()), Operand.of(0755))
        .tolerate(Errno.ENOENT, Errno.EEXIST);
    say(program, "reached");
    leave(program, 0);
    assertEquals(new Ended(0, "reached"), run(program.build(), architecture));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void stepsForTheCaseOfAFailureAreMadeThenOnly(Architecture architecture) throws Exception {
    LaunchProgram.Builder good = LaunchProgram.builder();
    say(good, "bad").onlyAfterFailure();
    say(good, "good");
    leave(good, 0);
    assertEquals(new Ended(0, "good"), run(good.build(), architecture));
    LaunchProgram.Builder bad = LaunchProgram.builder();
    bad.add("enter", Sys.CHDIR, Operand.of(dir + "/missing"));
    say(bad, "bad").onlyAfterFailure();
    say(bad, "good");
    leave(bad, 0);
    assertEquals(new Ended(127, "bad"), run(bad.build(), architecture));
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void aZeroTakesTheBranch(Architecture architecture) throws Exception {
    LaunchProgram.Builder branch = LaunchProgram.builder();
    say(branch, "branch");
    leave(branch, 5);
    LaunchProgram.Builder program = LaunchProgram.builder();
    program.add("as a clone's child sees it", Sys.UMASK, Operand.of(0));
    program.add("zero now", Sys.UMASK, Operand.of(0)).branch(branch.build());
    say(program, "straight on");
    leave(program, 0);
    assertEquals(new Ended(5, "branch"), run(program.build(), architecture));
  }

  private static Step say(LaunchProgram.Builder program, String text) {
    return program.add(
        "say", Sys.WRITE, Operand.of(1), Operand.of(text), Operand.of(text.length()));
  }

  private static void leave(LaunchProgram.Builder program, int status) {
    program.add("leave", Sys.EXIT_GROUP, Operand.of(status));
  }

  private Ended run(LaunchProgram program, Architecture architecture)
      throws IOException, InterruptedException {
    Path executable = dir.resolve("program");
    Files.write(executable, KeeperImage.executable(program, architecture));
    assertTrue(executable.toFile().setExecutable(true));
    List<String> command = new ArrayList<>();
    if (architecture != Architecture.current()) {
      command.add("qemu-" + architecture.machine() + "-static");
    }
    command.add(executable.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it has not ended");
    return new Ended(process.exitValue(), output);
  }
}
