package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceRuleTest {
  @ParameterizedTest
  @ValueSource(strings = {"c 1:3 rwm", "b *:7 r", "a *:* wm", "c 136:* rw"})
  void aRuleReadsAsItIsWritten(String text) {
    assertEquals(text, DeviceRule.parse(text).kernelText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c",
        "x 1:3 r",
        "c 1 r",
        "c 1:3",
        "c 1:3 x",
        "c -1:3 r",
        "c 1:3 rwmr",
        "c 1:3 r\n"
      })
  void aMalformedRuleIsRefused(String text) {
    assertEquals(
        "invalid device cgroup rule format: '" + text + "'",
        assertThrows(InvalidArgument.class, () -> DeviceRule.parse(text)).getMessage());
  }

  @Test
  void aNumberPastTheKernelsIsRefused() {
    assertThrows(InvalidArgument.class, () -> DeviceRule.parse("c 99999999999:1 r"));
  }

  @Test
  void privilegedContainersMayOpenAll() {
    assertEquals("a *:* rwm", DeviceRule.allowAll().kernelText());
  }
}
