package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
  private static final String HEX =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox, busybox",
    "busybox:1.36, docker.io/library/busybox:1.36, busybox:1.36",
    "library/busybox, docker.io/library/busybox, busybox",
    "docker.io/busybox, docker.io/library/busybox, busybox",
    "index.docker.io/busybox, docker.io/library/busybox, busybox",
    "user/app:v1, docker.io/user/app:v1, user/app:v1",
    "localhost/app, localhost/app, localhost/app",
    "localhost:5000/app:v1, localhost:5000/app:v1, localhost:5000/app:v1",
    "localhost:5000, docker.io/library/localhost:5000, localhost:5000",
    "example.org/a/b/c, example.org/a/b/c, example.org/a/b/c",
    "[::1]:5000/app, [::1]:5000/app, [::1]:5000/app",
    "a__b/c-d.e--f, docker.io/a__b/c-d.e--f, a__b/c-d.e--f",
    "Host/app, Host/app, Host/app",
  })
  void isReadAndShown(String text, String full, String familiar) {
    ImageReference reference = ImageReference.parse(text);
    assertEquals(full, reference.toString());
    assertEquals(familiar, reference.familiar());
    assertEquals(reference, ImageReference.parse(full));
  }

  @Test
  void latestIsAddedOnlyWhereNothingSaysWhich() {
    assertEquals("a:latest", ImageReference.parse("a").withDefaultTag().familiar());
    assertEquals("a:1", ImageReference.parse("a:1").withDefaultTag().familiar());
    String digested = "a@sha256:" + HEX;
    assertEquals(digested, ImageReference.parse(digested).withDefaultTag().familiar());
    assertEquals("a:1@sha256:" + HEX, ImageReference.parse("a:1@sha256:" + HEX).familiar());
  }

  @ParameterizedTest
  @CsvSource({
    "UPPER, library/UPPER",
    "user/Name, user/Name",
    "example.org/A, A",
    "-Upper-, library/-Upper-"
  })
  void upperCaseIsNamed(String text, String repository) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> ImageReference.parse(text));
    assertEquals(
        "invalid reference format: repository name (" + repository + ") must be lowercase",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "a:",
        "a:b:c",
        "a@",
        "a@sha256:12",
        "-a",
        "a-",
        "a//b",
        "/a",
        "a/",
        "a b",
        "a:-b",
        "a_-b",
        "a___b",
        "a..b",
        "example.org:x/a",
        "ex_ample.org/a",
        "a:b/c",
        "a\n",
        "../a",
        "a@sha512:e3b0"
      })
  void malformedIsRefused(String text) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> ImageReference.parse(text));
    assertEquals("invalid reference format", e.getMessage());
  }

  @Test
  void limitsAreDockers() {
    ImageReference.parse("example.org/" + "a".repeat(243));
    InvalidArgument name =
        assertThrows(
            InvalidArgument.class, () -> ImageReference.parse("example.org/" + "a".repeat(244)));
    assertEquals("repository name must not be more than 255 characters", name.getMessage());
    ImageReference.parse("a:" + "t".repeat(128));
    assertThrows(InvalidArgument.class, () -> ImageReference.parse("a:" + "t".repeat(129)));
    InvalidArgument hex = assertThrows(InvalidArgument.class, () -> ImageReference.parse(HEX));
    assertEquals(
        "invalid repository name (" + HEX + "), cannot specify 64-byte hexadecimal strings",
        hex.getMessage());
  }
}
