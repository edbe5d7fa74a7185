package io.jdocker.runtime.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code explain} prints is pasted into shells by people: it must be what it says. */
final class ShellTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "plain, plain",
        "/a/b-c_d.e:f, /a/b-c_d.e:f",
        "a=b@c%d+e, a=b@c%d+e",
        "two words, 'two words'",
        "$HOME, '$HOME'",
        "`id`, '`id`'",
        "a;b, 'a;b'",
        "it's, 'it'\\''s'",
        "*, '*'",
        "~, '~'",
        "grün, 'grün'"
      })
  void aWordIsQuotedWhereTheShellWouldChangeIt(String word, String quoted) {
    assertEquals(quoted, Shell.quote(word));
  }

  @Test
  void anEmptyWordIsStillAWord() {
    assertEquals("''", Shell.quote(""));
  }

  @Test
  void aPathOfTheHostStandsBehindTheVariableAndWordsAreQuotedOneByOne() {
    assertEquals("\"$HOST\"'/my data'", Shell.hostPath("/my data"));
    assertEquals("sh -c 'echo $A'", Shell.quote(List.of("sh", "-c", "echo $A")));
    assertEquals("", Shell.quote(List.of()));
  }

  @Test
  void aMountReadsAsMount8TakesIt() {
    MountOptions options =
        new MountOptions(MountCalls.MS_NOSUID | MountCalls.MS_NODEV, "size=64m,mode=755");
    assertEquals(
        "mount -t tmpfs -o nosuid,nodev,size=64m,mode=755 tmpfs '/my run'",
        options.shell("tmpfs", "/my run", "tmpfs"));
    assertEquals("MS_NOSUID|MS_NODEV", options.flagNames());
  }

  @Test
  void aRemountHasNoSourceAndNoType() {
    MountOptions options =
        MountOptions.flags(MountCalls.MS_REMOUNT | MountCalls.MS_BIND | MountCalls.MS_RDONLY);
    assertEquals("mount -o ro,remount,bind /", options.shell(null, "/", null));
    assertEquals("MS_RDONLY|MS_REMOUNT|MS_BIND", options.flagNames());
  }

  @Test
  void propagationIsAnOptionOfItsOwn() {
    MountOptions slave = MountOptions.flags(MountCalls.MS_REC | MountCalls.MS_SLAVE);
    assertEquals("mount --make-rslave /", slave.shell(null, "/", null));
  }

  @Test
  void withoutFlagsAndDataNothingIsSaid() {
    assertEquals("mount -t proc proc /proc", MountOptions.flags(0).shell("proc", "/proc", "proc"));
    assertEquals("0", MountOptions.flags(0).flagNames());
  }

  @Test
  void everyMountOfAStartHasACommandAndNoneATrailingNull() {
    for (Step step : new Plans().steps()) {
      if (step.call().callName().equals("mount")) {
        assertNotNull(step.shellCommand(), step::toString);
        assertEquals(-1, step.shellCommand().indexOf("null "), step::shellCommand);
      }
    }
  }

  @Test
  void aFolderInAFolderIsOneCommandOfThree() {
    LaunchProgram.Builder program = LaunchProgram.builder();
    new Calls(program).makeFolders("/a/b/c", 0755);
    List<Step> steps = program.build().steps();
    assertEquals(
        "\"/a\" \"/a/b\" \"/a/b/c\"",
        steps.stream().map(s -> s.operands().get(1).shown()).collect(Collectors.joining(" ")));
    assertEquals("mkdir -p -m 755 /a/b/c", steps.get(2).shellCommand());
  }

  @Test
  void whatIsNoDeviceInTheHostsFolderIsNotGivenOn(@TempDir Path dev) throws IOException {
    Files.writeString(dev.resolve("file"), "");
    Files.createDirectory(dev.resolve("folder"));
    Files.createSymbolicLink(dev.resolve("link"), Path.of("/dev/zero"));
    assertEquals(List.of(), new HostDevices(Kernel.load(), dev).all());
  }

  @Test
  void theContainersOwnDevicesAreNotTakenFromTheHost() {
    List<String> names =
        new HostDevices(Kernel.load(), Path.of("/dev"))
            .all().stream().map(DeviceNode::path).toList();
    for (String own : List.of("null", "zero", "full", "random", "urandom", "tty", "ptmx")) {
      assertEquals(-1, names.indexOf("/dev/" + own), own);
    }
  }
}
