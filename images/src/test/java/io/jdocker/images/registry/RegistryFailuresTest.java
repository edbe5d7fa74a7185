package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jdocker.images.ImageReference;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistryFailuresTest {
  private static final ImageReference APP = ImageReference.parse("team/app:v1");

  private static void is(
      Class<? extends EngineException> kind, String message, EngineException failure) {
    assertInstanceOf(kind, failure);
    assertEquals(message, failure.getMessage());
  }

  private static IOException refusal(int status, String code) {
    return new RegistryRefusal(status, code, "said");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "404, MANIFEST_UNKNOWN, manifest for team/app:v1 not found: said",
    "404, NAME_UNKNOWN, repository team/app not found: said",
    "404, '', manifest for team/app:v1 not found: said",
    "404, OTHER, manifest for team/app:v1 not found: said",
    "400, MANIFEST_UNKNOWN, manifest for team/app:v1 not found: said",
  })
  void whatIsNotThereIsNotFound(int status, String code, String message) {
    is(NotFound.class, message, RegistryFailures.reading(refusal(status, code), APP));
  }

  @Test
  void aRepositoryThatMayBePrivateIsToldInDockersWords() {
    is(
        NotFound.class,
        "pull access denied for team/app, repository does not exist or may require 'docker"
            + " login': said",
        RegistryFailures.reading(refusal(403, "DENIED"), APP));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"401, UNAUTHORIZED", "401, ''", "403, OTHER"})
  void whatALoginMightMendIsForbidden(int status, String code) {
    is(Forbidden.class, "said", RegistryFailures.reading(refusal(status, code), APP));
    is(Forbidden.class, "said", RegistryFailures.writing(refusal(status, code)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"429, TOOMANYREQUESTS", "500, ''", "502, UNKNOWN", "400, TAG_INVALID"})
  void allElseIsAFailure(int status, String code) {
    is(SystemFailure.class, "said", RegistryFailures.reading(refusal(status, code), APP));
    is(SystemFailure.class, "said", RegistryFailures.writing(refusal(status, code)));
  }

  @Test
  void aPushThatIsDeniedIsForbiddenNotAbsent() {
    is(Forbidden.class, "said", RegistryFailures.writing(refusal(403, "DENIED")));
    is(SystemFailure.class, "said", RegistryFailures.writing(refusal(404, "NAME_UNKNOWN")));
  }

  @Test
  void aRefusalIsFoundBehindOtherExceptions() {
    IOException wrapped =
        new IOException("layer", new IOException("part", refusal(404, "NAME_UNKNOWN")));
    EngineException failure = RegistryFailures.reading(wrapped, APP);
    is(NotFound.class, "repository team/app not found: said", failure);
    assertSame(wrapped, failure.getCause());
  }

  @Test
  void aBrokenConnectionIsAFailureInItsOwnWords() {
    is(
        SystemFailure.class,
        "unexpected EOF",
        RegistryFailures.reading(new IOException("unexpected EOF"), APP));
    is(SystemFailure.class, "reset", RegistryFailures.writing(new IOException("reset")));
  }
}
