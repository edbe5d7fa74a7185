package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "Linux/x86_64, linux/amd64",
    "arm64, linux/arm64",
    "linux/aarch64/v8, linux/arm64/v8",
    "windows/amd64, windows/amd64"
  })
  void isRead(String text, String expected) {
    assertEquals(expected, Platform.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "linux/", "a/b/c/d", "linux/amd 64"})
  void malformedIsRefused(String text) {
    assertThrows(InvalidArgument.class, () -> Platform.parse(text));
  }
}
