package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.Kernel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PressureTest {
  private static final String BOTH =
      "some avg10=1.50 avg60=0.20 avg300=0.03 total=1234\n"
          + "full avg10=0.00 avg60=0.10 avg300=0.00 total=99";

  @TempDir private Path root;

  @Test
  void bothLinesAreRead() {
    Pressure pressure = Pressure.parse(BOTH).orElseThrow();
    assertEquals(new Pressure.Share(1.5, 0.2, 0.03, 1234), pressure.some());
    assertEquals(new Pressure.Share(0, 0.1, 0, 99), pressure.full().orElseThrow());
  }

  /** The pressure of CPUs had no such line before Linux 5.13. */
  @Test
  void fullMayBeAbsent() {
    Pressure pressure = Pressure.parse(BOTH.lines().findFirst().orElseThrow()).orElseThrow();
    assertEquals(Optional.empty(), pressure.full());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "some", "none avg10=0.00", "full avg10=0 avg60=0 avg300=0 total=1"})
  void whatIsNoPressureIsNone(String text) {
    assertEquals(Optional.empty(), Pressure.parse(text));
  }

  @Test
  void aNumberThatIsNoneIsNotTakenForZero() {
    assertThrows(
        NumberFormatException.class,
        () -> Pressure.parse("some avg10=x avg60=0.00 avg300=0.00 total=0"));
  }

  @Test
  void aGroupTellsTheOnesItHasFilesFor() {
    FixtureFiles files =
        new FixtureFiles(Kernel.load()).with("cpu.pressure", BOTH).with("io.pressure", "");
    Cgroup cgroup = new V2Cgroup("c", files.made(root.resolve("c")), List.of(), Kernel.load());
    Map<String, Pressure> pressure = cgroup.stats().pressure();
    assertEquals(Set.of("cpu"), pressure.keySet());
    assertEquals(1234, pressure.get("cpu").some().total());
  }
}
