package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CpuListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|{0}",
        "0-2,7|{0, 1, 2, 7}",
        "7,0-2|{0, 1, 2, 7}",
        "1, 2|{1, 2}",
        "1,1-2,2|{1, 2}",
        "3-3|{3}",
        "8191|{8191}",
      })
  void numbers(String text, String expected) {
    CpuList list = CpuList.parse("cpus", text);
    assertEquals(expected, list.numbers().toString());
    assertEquals(text, list.text(), "the kernel gets it as it was written");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ",", "0,", "a", "-1", "1-", "-", "2-1", "0-2-4", "0x1", "1.5", "0;1",
      })
  void whatIsNoListIsRefusedInDockersWords(String text) {
    assertEquals(
        "Invalid value " + text + " for cpuset mems: invalid format: " + text,
        assertThrows(InvalidArgument.class, () -> CpuList.parse("mems", text)).getMessage());
  }

  /** CVE-2018-20699: looked at before anything is reserved for it. */
  @ParameterizedTest
  @ValueSource(strings = {"8192", "0-8192", "9999999999", "0-2147483647", "0-99999999999999999"})
  void aNumberPastWhatKernelsCanHaveIsRefused(String text) {
    assertEquals(
        "Invalid value " + text + " for cpuset cpus: value of out range, maximum is 8192",
        assertThrows(InvalidArgument.class, () -> CpuList.parse("cpus", text)).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0-3|0-3|true",
        "1|0-3|true",
        "0,3|0-3|true",
        "4|0-3|false",
        "0-4|0-3|false",
        "1|0,2|false",
      })
  void within(String wanted, String available, boolean expected) {
    assertEquals(
        expected, CpuList.parse("cpus", wanted).isWithin(CpuList.parse("cpus", available)));
  }
}
