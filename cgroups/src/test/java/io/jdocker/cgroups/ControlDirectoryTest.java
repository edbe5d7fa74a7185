package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Trace;
import io.jdocker.linux.trace.TraceEntry;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and writing control files, the odd ones too. */
final class ControlDirectoryTest {
  private static final Kernel KERNEL = Kernel.load();

  @TempDir private Path root;
  private FixtureFiles files;

  @BeforeEach
  void fixture() {
    files = new FixtureFiles(KERNEL).with("cgroup.procs", "").with("value", "");
  }

  private ControlDirectory directory(Trace trace) {
    Path path = root.resolve("c");
    files.makeDirectory(path);
    return new ControlDirectory(path, files, trace);
  }

  private ControlDirectory with(String content) {
    files.with("value", content);
    return directory(Trace.off());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "max, 9223372036854775807",
    "9223372036854771712, 9223372036854771712",
    "18446744073709551615, 9223372036854775807",
    "9223372036854775808, 9223372036854775807",
  })
  void aNumberOrNoLimit(String content, long expected) {
    assertEquals(expected, with(content + "\n").readNumber("value"));
  }

  /** What a kernel never writes, but a file mounted over it may say. */
  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.5", "-1", "0x10", "1 2", "99999999999999999999", "MAX"})
  void aNumberThatIsNoneNamesItsFile(String content) {
    SystemFailure failure =
        assertThrows(SystemFailure.class, () -> with(content).readNumber("value"));
    assertEquals(
        "cannot understand " + root + "/c/value: \"" + content + "\" is no number",
        failure.getMessage());
  }

  @Test
  void anEmptyFileIsNoNumber() {
    assertThrows(SystemFailure.class, () -> with("").readNumber("value"));
  }

  @Test
  void aTableWithWordsForNumbersNamesItsFile() {
    SystemFailure failure =
        assertThrows(SystemFailure.class, () -> with("anon many").readTable("value"));
    assertTrue(failure.getMessage().contains("/c/value"), failure.getMessage());
  }

  @Test
  void aTableKeepsWhatItUnderstands() {
    Map<String, Long> table =
        with("anon 5\n\nfile 6 7\nonlyname\nslab 18446744073709551615\nlimit max\n")
            .readTable("value");
    assertEquals(
        Map.of("anon", 5L, "slab", CgroupStats.NO_LIMIT, "limit", CgroupStats.NO_LIMIT), table);
  }

  @Test
  void aTableOfAnEmptyFileIsEmpty() {
    assertEquals(Map.of(), with("").readTable("value"));
  }

  @ParameterizedTest
  @CsvSource({
    "EINVAL, true",
    "EBUSY, true",
    "ERANGE, true",
    "ENOSPC, false",
    "EACCES, false",
    "EPERM, false",
    "ENODEV, false",
    "EIO, false",
  })
  void onlyAValueThatTheKernelCannotMeetIsTheUsersMistake(Errno errno, boolean users) {
    ControlDirectory directory = directory(Trace.off());
    files.refuse("value", errno);
    EngineException refused =
        assertThrows(EngineException.class, () -> directory.write("limit something", "value", "7"));
    assertEquals(users, refused instanceof InvalidArgument);
    assertTrue(refused.getMessage().startsWith("cannot limit something: "), refused.getMessage());
    assertTrue(refused.getMessage().contains(errno.name()), refused.getMessage());
    assertTrue(refused.getMessage().contains(root + "/c/value"), refused.getMessage());
  }

  @Test
  void aControlThatTheKernelLacksIsNamed() {
    ControlDirectory directory = directory(Trace.off());
    SystemFailure missing =
        assertThrows(SystemFailure.class, () -> directory.write("limit it", "absent", 1));
    assertTrue(missing.getMessage().contains("absent"), missing.getMessage());
    assertTrue(missing.getMessage().contains("the kernel lacks this control"));
    assertThrows(
        SystemFailure.class, () -> directory.writeEach("limit it", "absent", List.of("1")));
  }

  @Test
  void valuesOfOneFileAreWrittenOneByOneAndToldAtOnce() {
    Trace trace = Trace.on();
    ControlDirectory directory = directory(trace);
    directory.writeEach("allow these", "value", List.of("c 1:3 rwm", "b *:* m"));
    assertEquals(List.of("c/value=c 1:3 rwm", "c/value=b *:* m"), files.writes());
    assertEquals(1, trace.entries().size());
    TraceEntry entry = trace.entries().get(0);
    String file = root + "/c/value";
    assertEquals(
        "for value in 'c 1:3 rwm' 'b *:* m'; do echo \"$value\" > " + file + "; done",
        entry.shell().orElseThrow());
  }

  @Test
  void aRefusedValueOfManyEndsThere() {
    ControlDirectory directory = directory(Trace.off());
    files.refuse("value", "bad", Errno.EINVAL);
    assertThrows(
        InvalidArgument.class,
        () -> directory.writeEach("allow these", "value", List.of("good", "bad", "never")));
    assertEquals(List.of("c/value=good"), files.writes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"7|echo 7", "max 100000|echo 'max 100000'", "+cpu +io|echo '+cpu +io'"})
  void theShellGetsOneWord(String value, String command) {
    Trace trace = Trace.on();
    directory(trace).write("set", "value", value);
    assertEquals(command + " > " + root + "/c/value", trace.entries().get(0).shell().orElseThrow());
  }

  @Test
  void anAbilityIsThereWithItsFile() {
    Set<Ability> found = EnumSet.noneOf(Ability.class);
    ControlDirectory directory = directory(Trace.off());
    directory.addIfHas("value", Ability.SWAP, found);
    directory.addIfHas("absent", Ability.PIDS, found);
    assertEquals(Set.of(Ability.SWAP), found);
  }

  @Test
  void processesOfAllThatIsBelowAreOnesOwn() {
    ControlDirectory directory = directory(Trace.off());
    files.makeDirectory(root.resolve("c/d"));
    files.makeDirectory(root.resolve("c/d/e"));
    FixtureFiles.put(root.resolve("c/cgroup.procs"), "3\n");
    FixtureFiles.put(root.resolve("c/d/cgroup.procs"), "0\n2\n");
    FixtureFiles.put(root.resolve("c/d/e/cgroup.procs"), "3\n1\n");
    assertEquals(Set.of(1, 2, 3), directory.processes());
    assertEquals(
        List.of(root.resolve("c/d"), root.resolve("c/d/e")),
        directory.descendants().stream().map(ControlDirectory::path).toList());
  }

  @Test
  void aFolderThatIsGoneHasNoProcessesAndNothingBelow() {
    ControlDirectory gone = new ControlDirectory(root.resolve("gone"), files, Trace.off());
    assertEquals(Set.of(), gone.processes());
    assertEquals(List.of(), gone.descendants());
  }
}
