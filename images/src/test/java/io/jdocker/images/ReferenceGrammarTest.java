package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of names part by part, with Docker's rule of what is a host. */
final class ReferenceGrammarTest {
  private static final Digest DIGEST = Digest.of(new byte[0]);

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // A first part is a host where no Docker Hub user could have that name.
    "a/b, docker.io, a/b",
    "a.b/c, a.b, c",
    "a:1/c, a:1, c",
    "localhost/c, localhost, c",
    "localhost.a/c, localhost.a, c",
    "localhosts/c, docker.io, localhosts/c",
    "aB/c, aB, c",
    "1.2.3.4/c, 1.2.3.4, c",
    "1.2.3.4:5000/a/b, 1.2.3.4:5000, a/b",
    "[::1]/c, [::1], c",
    "[fd00::7]:5000/a/b, [fd00::7]:5000, a/b",
    "xn--bcher-kva.example/a, xn--bcher-kva.example, a",
    "a-b.example/c, a-b.example, c",
    "a/b/c/d/e, docker.io, a/b/c/d/e",
    "docker.io/a/b, docker.io, a/b",
    "index.docker.io/a/b, docker.io, a/b",
    "docker.io/library/a, docker.io, library/a",
    // What may stand between letters and digits of a part.
    "a.b, docker.io, library/a.b",
    "a_b, docker.io, library/a_b",
    "a__b, docker.io, library/a__b",
    "a-b, docker.io, library/a-b",
    "a-----b, docker.io, library/a-----b",
    "1, docker.io, library/1",
    "0a/1b, docker.io, 0a/1b",
  })
  void aNameIsHostAndPath(String text, String domain, String path) {
    ImageReference reference = ImageReference.parse(text);
    assertEquals(domain, reference.domain());
    assertEquals(path, reference.path());
    assertEquals(Optional.empty(), reference.tag());
    assertEquals(Optional.empty(), reference.digest());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "a/",
        "/a",
        "a//b",
        "a/-b",
        "a/b-",
        "a/.b",
        "a/b.",
        "a/_b",
        "a/b_",
        "a..b",
        "a.-b",
        "a-.b",
        "a_.b",
        "a___b",
        "a+b",
        "a~b",
        "a b",
        "a\tb",
        "a%2fb",
        "\u00e9",
        "a/\u00e9",
        "a\\b",
        "a*",
        "a?b",
        "http://reg.example/a",
        "reg.example:/a",
        "reg.example:-1/a",
        "-a.example/b",
        "a-.example/b",
        ".example/b",
        "a..example/b",
        "example./b",
        "[::1/a",
        "::1/a",
        "[g::]/a",
        "user@reg.example/a",
        "reg.example/"
      })
  void aNameOfAnotherFormIsRefused(String text) {
    assertThrows(InvalidArgument.class, () -> ImageReference.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "_", "_a", "A", "v1.2.3-rc_1", "a..b", "a--", "latest."})
  void aTagIsOneOfWordCharactersDotsAndDashes(String tag) {
    assertEquals(Optional.of(tag), ImageReference.parse("a:" + tag).tag());
    assertEquals(tag, ImageReference.parse("a").withTag(tag).tag().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".a", "-a", "a b", "a/b", "a:b", "a@b", "\u00e9", "a+b", "a\n"})
  void aTagOfAnotherFormIsRefused(String tag) {
    ImageReference reference = ImageReference.parse("a");
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> reference.withTag(tag));
    assertEquals("invalid tag format", e.getMessage());
    assertThrows(InvalidArgument.class, () -> ImageReference.parse("reg.example/a:" + tag));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@D", "a:v1@D", "reg.example:5000/a/b:v1@D", "localhost:5000/a@D"})
  void aDigestStandsLast(String form) {
    ImageReference reference = ImageReference.parse(form.replace("D", DIGEST.toString()));
    assertEquals(Optional.of(DIGEST), reference.digest());
    assertEquals(form.contains(":v1"), reference.tag().isPresent());
    assertEquals(reference, ImageReference.parse(reference.toString()));
    assertEquals(reference.name() + "@" + DIGEST, reference.repoDigest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@D@D", "a@D:v1", "@D", "a@", "a@Dx", "a@D/b", "a:@D"})
  void aDigestAnywhereElseIsRefused(String form) {
    String text = form.replace("D", DIGEST.toString());
    assertThrows(InvalidArgument.class, () -> ImageReference.parse(text));
  }

  @Test
  void aPortWithoutASlashIsATag() {
    ImageReference reference = ImageReference.parse("reg.example:5000");
    assertEquals("library/reg.example", reference.path());
    assertEquals(Optional.of("5000"), reference.tag());
  }

  @Test
  void sixtyFourHexDigitsAreAnIdButOneLessIsAName() {
    String hex = DIGEST.hex();
    assertThrows(InvalidArgument.class, () -> ImageReference.parse(hex));
    assertEquals("library/" + hex.substring(1), ImageReference.parse(hex.substring(1)).path());
    assertEquals("team/" + hex, ImageReference.parse("team/" + hex).path());
  }

  @Test
  void aTagTakesThePlaceOfADigestAndTheOtherWayRound() {
    ImageReference tagged = ImageReference.parse("a:v1");
    ImageReference digested = tagged.withDigest(DIGEST);
    assertEquals("a@" + DIGEST, digested.familiar());
    assertEquals(tagged, digested.withTag("v1"));
    assertNotEquals(tagged, tagged.withTag("v2"));
  }

  /** What users see is what they may type: it leads to the same image. */
  @ParameterizedTest(name = "{0} shows as {1}")
  @CsvSource({
    "docker.io/library/a, a",
    "docker.io/library/a/b, library/a/b",
    "docker.io/team/a, team/a",
    "reg.example/library/a, reg.example/library/a",
    "localhost/a, localhost/a",
  })
  void theFamiliarNameIsReadAsTheSame(String full, String familiar) {
    ImageReference reference = ImageReference.parse(full);
    assertEquals(familiar, reference.familiarName());
    assertEquals(reference, ImageReference.parse(familiar));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-", "a/", "a.", "a__", "A-", "reg.example/a/", "a.b:1/", "a:", "a@"})
  void aNameOfManyPartsIsRefusedAndNoCrash(String part) {
    String text = part.repeat(100_000) + "b";
    assertThrows(InvalidArgument.class, () -> ImageReference.parse(text));
    assertThrows(InvalidArgument.class, () -> ImageReference.parse("reg.example/" + text));
    assertThrows(InvalidArgument.class, () -> ImageReference.parse(text + "/b"));
  }
}
