package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Sys;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.testing.OpenDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The limits of a launch: commands that cannot run, arguments at the kernel's limits, many steps.
 */
final class LaunchEdgeTest {
  /** One string of execve(2) with its NUL: MAX_ARG_STRLEN, 32 pages. */
  private static final int LONGEST_STRING = 131072 - 1;

  @TempDir Path dir;
  private TestLaunches launches;

  @BeforeEach
  void open() {
    launches = new TestLaunches(dir);
  }

  @AfterEach
  void close() {
    launches.close();
  }

  private static void nothing(LaunchProgram.Builder steps) {
    // The command comes first.
  }

  private Path file(String name, String content, boolean executable) throws IOException {
    Path file = Files.writeString(dir.resolve(name), content);
    assertTrue(file.toFile().setExecutable(executable, false));
    return file;
  }

  private LaunchException refused(String command) {
    return assertThrows(
        LaunchException.class,
        () -> launches.run(LaunchEdgeTest::nothing, List.of(command)),
        command);
  }

  @ParameterizedTest
  @CsvSource({
    "/none/command, ENOENT",
    "PLAIN,         EACCES",
    "FOLDER,        EACCES",
    "PLAIN/below,   ENOTDIR",
    "LOOP,          ELOOP",
    "JUNK,          ENOEXEC",
    "EMPTY,         ENOEXEC",
    "ORPHAN,        ENOENT", // its interpreter is missing
    "DANGLING,      ENOENT"
  })
  void aCommandThatCannotRunIsNamedWithTheErrno(String command, Errno errno) throws IOException {
    file("PLAIN", "#!/bin/sh\n", false);
    file("JUNK", "\u0001\u0002 no program", true);
    file("EMPTY", "", true);
    file("ORPHAN", "#!/none/interpreter\n", true);
    Files.createDirectory(dir.resolve("FOLDER"));
    Files.createSymbolicLink(dir.resolve("LOOP"), dir.resolve("LOOP"));
    Files.createSymbolicLink(dir.resolve("DANGLING"), dir.resolve("nowhere"));
    String path = command.startsWith("/") ? command : dir.resolve(command).toString();
    LaunchException e = refused(path);
    assertTrue(e.is(errno), e.getMessage());
    assertEquals(Sys.EXECVE, e.step().call());
    assertEquals("run the command", e.step().purpose());
    assertTrue(e.getMessage().contains('"' + path + '"'), e.getMessage());
  }

  @Test
  void aNameTooLongIsRefused() {
    assertTrue(refused("/" + "n".repeat(256)).is(Errno.ENAMETOOLONG));
    assertTrue(refused("/n".repeat(2048)).is(Errno.ENAMETOOLONG));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, LONGEST_STRING - 2})
  void anArgumentUpToTheLimitArrivesWhole(int length) throws IOException {
    String argument = "x".repeat(length);
    TestLaunches.Ended ended =
        launches.run(
            LaunchEdgeTest::nothing,
            List.of("/bin/sh", "-c", "printf %s \"${#1}\"", "sh", argument));
    assertEquals(Integer.toString(length), ended.output());
    assertEquals(0, ended.code());
  }

  @Test
  void oneByteMoreIsTooLong() {
    List<String> argv = List.of("/bin/true", "x".repeat(LONGEST_STRING + 1));
    LaunchException e =
        assertThrows(LaunchException.class, () -> launches.run(LaunchEdgeTest::nothing, argv));
    assertTrue(e.is(Errno.E2BIG), e.getMessage());
  }

  @Test
  void aLargeEnvironmentArrivesWhole() throws IOException {
    List<String> environment = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      environment.add("V" + i + "=" + Integer.toString(i).repeat(100_000));
    }
    TestLaunches.Ended ended =
        launches.run(
            LaunchEdgeTest::nothing, List.of("/bin/sh", "-c", "echo ${#V0} ${#V9}"), environment);
    assertEquals("100000 100000\n", ended.output());
  }

  @Test
  void anEnvironmentPastTheKernelsLimitIsTooLong() {
    // A quarter of the stack's limit, and never more than 6 MiB (execve(2)).
    List<String> environment = Collections.nCopies(70, "V=" + "x".repeat(100_000));
    LaunchException e =
        assertThrows(
            LaunchException.class,
            () ->
                launches.run(LaunchEdgeTest::nothing, List.of("/bin/true"), distinct(environment)));
    assertTrue(e.is(Errno.E2BIG), e.getMessage());
  }

  private static List<String> distinct(List<String> texts) {
    List<String> numbered = new ArrayList<>();
    texts.forEach(text -> numbered.add("N" + numbered.size() + text));
    return numbered;
  }

  @Test
  void whatTheKeeperCannotMapIsRefusedBeforeAnythingRuns() {
    List<String> argv = new ArrayList<>(List.of("/bin/true"));
    argv.addAll(distinct(Collections.nCopies(700, "x".repeat(100_000))));
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> launches.run(LaunchEdgeTest::nothing, argv));
    assertTrue(e.getMessage().startsWith("argument list too long: "), e.getMessage());
  }

  static Stream<Arguments> oddTexts() {
    return Stream.of(
        Arguments.of("empty", "", ""),
        Arguments.of("spaces and newlines", " a\n\tb ", " a\n\tb "),
        Arguments.of("quotes and a backslash", "'\"\\$`", "'\"\\$`"),
        Arguments.of("a control character", "\u0001\u007f", "\u0001\u007f"),
        Arguments.of("two bytes a letter", "\u00e4\u00f6\u00fc", "\u00e4\u00f6\u00fc"),
        Arguments.of("four bytes a sign", "\ud83d\udc33", "\ud83d\udc33"),
        Arguments.of("half a surrogate pair", "\ud83d", "?"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oddTexts")
  void aTextArrivesByteForByteAsArgumentAndInTheEnvironment(
      String what, String text, String arrived) throws IOException {
    List<String> argv = List.of("/bin/sh", "-c", "printf '%s|%s' \"$1\" \"$V\"", "sh", text);
    assertEquals(
        arrived + "|" + arrived,
        launches.run(LaunchEdgeTest::nothing, argv, List.of("V=" + text)).output());
  }

  @Test
  void aTextWithANulIsRefused() {
    List<String> argv = List.of("/bin/true", "a\0b");
    assertThrows(IllegalArgumentException.class, () -> launches.run(LaunchEdgeTest::nothing, argv));
  }

  @Test
  void theResultOfAStepThatWasAllowedToFailIsItsErrnoNegated() throws IOException {
    Consumer<LaunchProgram.Builder> steps =
        program -> {
          Step missing =
              program
                  .add(
                      "open what may be missing",
                      Sys.OPENAT,
                      Operand.of(-100),
                      Operand.of(dir + "/none"),
                      Operand.of(0))
                  .tolerate(Errno.ENOENT);
          program.add("enter it", Sys.FCHDIR, Operand.of(missing)).tolerate(Errno.EBADF);
        };
    TestLaunches.Ended ended = launches.run(steps, List.of("/bin/true"));
    assertEquals(0, ended.code());
    List<StepResult> results =
        ended.results().stream()
            .filter(r -> r.step().call() == Sys.OPENAT || r.step().call() == Sys.FCHDIR)
            .toList();
    assertEquals(
        List.of(Errno.ENOENT.intValue(), Errno.EBADF.intValue()),
        results.stream().map(StepResult::errno).toList());
  }

  @Test
  void aLaterStepThatNeedsAFailedOneIsItselfTheOneThatIsNamed() {
    Consumer<LaunchProgram.Builder> steps =
        program -> {
          Step missing =
              program
                  .add(
                      "open what may be missing",
                      Sys.OPENAT,
                      Operand.of(-100),
                      Operand.of(dir + "/none"),
                      Operand.of(0))
                  .tolerate(Errno.ENOENT);
          program.add("enter it", Sys.FCHDIR, Operand.of(missing));
        };
    LaunchException e =
        assertThrows(LaunchException.class, () -> launches.run(steps, List.of("/bin/true")));
    assertEquals("enter it: fchdir(<openat>): EBADF (Bad file descriptor)", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 20_000})
  void aProgramMayHaveManySteps(int count) throws IOException {
    Consumer<LaunchProgram.Builder> steps =
        program -> {
          for (int i = 0; i < count; i++) {
            program.add("step " + i, Sys.UMASK, Operand.of(i & 0777));
          }
        };
    TestLaunches.Ended ended = launches.run(steps, List.of("/bin/sh", "-c", "umask"));
    assertEquals(String.format("%04o%n", (count - 1) & 0777), ended.output());
    List<StepResult> masks =
        ended.results().stream().filter(r -> r.step().call() == Sys.UMASK).toList();
    assertEquals(count, masks.size());
    for (int i = 1; i < count; i++) {
      assertEquals((i - 1) & 0777, masks.get(i).value());
    }
  }

  @Test
  void theStepThatFailsInTheMiddleOfManyIsTheOneTold() {
    Consumer<LaunchProgram.Builder> steps =
        program -> {
          for (int i = 0; i < 1000; i++) {
            program.add("step " + i, Sys.CHDIR, Operand.of(i == 777 ? "/none" : "/"));
          }
        };
    LaunchException e =
        assertThrows(LaunchException.class, () -> launches.run(steps, List.of("/bin/true")));
    assertEquals("step 777", e.step().purpose());
    assertEquals("step 777", e.results().get(e.results().size() - 1).step().purpose());
  }

  @Test
  void manyThreadsLaunchAtOnceAndEachGetsItsOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> outputs = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        List<String> argv = List.of("/bin/echo", "-n", "launch " + i);
        outputs.add(threads.submit(() -> launches.run(LaunchEdgeTest::nothing, argv).output()));
      }
      for (int i = 0; i < outputs.size(); i++) {
        assertEquals("launch " + i, outputs.get(i).get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void refusedLaunchesLeaveNoDescriptorAndNoChild() throws Exception {
    refused("/none/warm-up");
    OpenDescriptors descriptors = OpenDescriptors.now();
    for (int i = 0; i < 50; i++) {
      refused("/none/command");
    }
    descriptors.assertAgain("after 50 refusals");
    assertEquals(
        0, ProcessHandle.current().children().filter(c -> !c.isAlive()).count(), "zombies");
  }
}
