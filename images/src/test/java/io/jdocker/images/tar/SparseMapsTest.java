package io.jdocker.images.tar;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.tar.TarEntry.Segment;
import io.jdocker.images.testing.RawTar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SparseMapsTest {
  private static List<Segment> segments(String text) {
    List<Segment> segments = new ArrayList<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String[] numbers = part.split("\\+", -1);
      segments.add(new Segment(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
    }
    return segments;
  }

  /** Offset+length pairs; then the bytes in the archive, and the file's size with its holes. */
  @ParameterizedTest(name = "{0} in {1} of {2}")
  @CsvSource({
    "'', 0, 0",
    "'', 0, 1000000000000",
    "0+5, 5, 5",
    "0+5, 5, 6",
    "1+5, 5, 6",
    "0+5 5+5, 10, 10",
    "0+5 10+5, 10, 15",
    "0+5 10+5, 10, 9223372036854775807",
    "0+0, 0, 0",
    "7+0, 0, 7",
    "0+5 9+0, 5, 9",
    "9223372036854775806+1, 1, 9223372036854775807",
  })
  void aMapThatDescribesItsFileIsGood(String map, long stored, long realSize) {
    assertDoesNotThrow(() -> SparseMaps.check(segments(map), stored, realSize));
  }

  @ParameterizedTest(name = "{0} in {1} of {2}")
  @CsvSource({
    "'', 1, 1",
    "'', 0, -1",
    "0+5, 4, 5",
    "0+5, 6, 6",
    "0+5, 5, 4",
    "1+5, 5, 5",
    "0+5 4+5, 10, 9",
    "5+5 0+5, 10, 10",
    "0+5 0+5, 10, 10",
    "-1+5, 5, 10",
    "0+-5, -5, 10",
    "10+-5 20+10, 5, 30",
    "10+0, 0, 9",
    "9223372036854775807+1, 1, 9223372036854775807",
    "1+9223372036854775807, 9223372036854775807, 9223372036854775807",
    "0+5, 5, -1",
  })
  void aMapThatLiesIsRefused(String map, long stored, long realSize) {
    TarFormatException e =
        assertThrows(
            TarFormatException.class, () -> SparseMaps.check(segments(map), stored, realSize));
    assertEquals("invalid sparse file map", e.getMessage());
  }

  @Test
  void paxNumbersComeInPairs() throws Exception {
    assertEquals(List.of(), SparseMaps.pax(List.of()));
    assertEquals(segments("0+5 10+6"), SparseMaps.pax(List.of("0", "5", "10", "6")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "0,5,10", "0,x", ",", "0,5,", "0, 5", "0,1.5", "0,9223372036854775808"})
  void paxNumbersThatAreNoPairsAreRefused(String map) {
    List<String> numbers = Arrays.asList(map.split(",", -1));
    assertThrows(TarFormatException.class, () -> SparseMaps.pax(numbers));
  }

  @Test
  void aMapIsNotWithoutEnd() {
    List<String> most = Collections.nCopies(2 * SparseMaps.MAX_SEGMENTS, "0");
    List<String> more = Collections.nCopies(2 * SparseMaps.MAX_SEGMENTS + 2, "0");
    assertDoesNotThrow(() -> SparseMaps.pax(most));
    assertThrows(TarFormatException.class, () -> SparseMaps.pax(more));
  }

  @Test
  void theOldFormHasFourSegmentsInTheHeader() throws Exception {
    TarHeader header =
        TarHeader.extension(
            RawTar.header("f", 'S')
                .at(386, "00000000000\00000000000005\0")
                .at(410, "00000000020\00000000000006\0")
                .unsealed());
    List<Segment> found = new ArrayList<>();
    SparseMaps.oldGnu(header, 386, 4, found);
    assertEquals(segments("0+5 16+6"), found, "and ends at the first that is empty");
  }

  @Test
  void theOldFormsNumbersAreChecked() {
    TarHeader header =
        TarHeader.extension(
            RawTar.header("f", 'S').at(386, "00000000009\00000000000005\0").unsealed());
    assertThrows(
        TarFormatException.class, () -> SparseMaps.oldGnu(header, 386, 4, new ArrayList<>()));
  }
}
