package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code RUN --mount}: every key, and what it cannot be. */
final class RunMountTest {
  private static RunMount parse(String text) {
    return RunMount.parse(text, "/work");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "target=/t | BIND | `` | `` | /t",
        "type=bind,target=/t | BIND | `` | `` | /t",
        "type=bind,dst=/t,src=d | BIND | `` | d | /t",
        "type=bind,destination=/t,source=/d/e | BIND | `` | /d/e | /t",
        "type=bind,target=t,from=stage,source=d | BIND | stage | d | /work/t",
        "type=bind,target=/t,ro | BIND | `` | `` | /t",
        "type=bind,target=/t,readonly=true | BIND | `` | `` | /t",
        "type=bind,target=/t,rw=false | BIND | `` | `` | /t",
        "type=cache,target=/c | CACHE | `` | `` | /c",
        "type=cache,target=c | CACHE | `` | `` | /work/c",
        "type=tmpfs,target=/m | TMPFS | `` | `` | /m",
      })
  void eachKindHasItsPlace(
      String text, RunMount.Kind kind, String from, String source, String target) {
    RunMount mount = parse(text);
    assertEquals(kind, mount.kind());
    assertEquals(from, mount.from());
    assertEquals(source, mount.source());
    assertEquals(target, mount.target());
    assertEquals(kind == RunMount.Kind.BIND, mount.readOnly());
  }

  @Test
  void aCacheIsCalledByItsTargetUnlessItHasAnId() {
    assertEquals("/c", parse("type=cache,target=/c").id());
    assertEquals("c", parse("type=cache,target=c").id());
    assertEquals("mine", parse("type=cache,target=/c,id=mine").id());
  }

  @Test
  void aCacheIsSharedUnlessLocked() {
    assertFalse(parse("type=cache,target=/c").locked());
    assertFalse(parse("type=cache,target=/c,sharing=shared").locked());
    assertTrue(parse("type=cache,target=/c,sharing=locked").locked());
  }

  @Test
  void aCacheMayBeReadOnly() {
    assertTrue(parse("type=cache,target=/c,ro").readOnly());
    assertTrue(parse("type=cache,target=/c,readonly=true").readOnly());
    assertFalse(parse("type=cache,target=/c,ro=false").readOnly());
  }

  @Test
  void aTmpfsMayHaveASize() {
    assertEquals("", parse("type=tmpfs,target=/m").size());
    assertEquals("64m", parse("type=tmpfs,target=/m,size=64m").size());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "type=bind | the mount \"type=bind\" needs a target",
        "type=cache,target= | the mount \"type=cache,target=\" needs a target",
        "type=nope,target=/t | unsupported mount type \"nope\"",
        "type=cache,target=/t,sharing=all | unsupported sharing value \"all\"",
        "target=/t,nope=1 | unexpected key 'nope' in 'target=/t,nope=1'",
        "target=/t,,ro | unexpected key '' in 'target=/t,,ro'",
        "Target=/t | unexpected key 'Target' in 'Target=/t'",
      })
  void whatIsMalformedIsNamed(String text, String message) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> parse(text));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "type=secret,id=s | RUN --mount=type=secret is not supported",
        "type=ssh | RUN --mount=type=ssh is not supported",
        "type=bind,target=/t,rw | RUN --mount=type=bind,rw is not supported",
        "type=bind,target=/t,readwrite=true | RUN --mount=type=bind,rw is not supported",
        "type=cache,target=/t,from=a | RUN --mount=type=cache,from is not supported",
        "type=cache,target=/t,sharing=private | sharing=private is not supported",
      })
  void whatCannotBeIsRefusedNotDropped(String text, String message) {
    EngineException e = assertThrows(Unsupported.class, () -> parse(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type=bind,from=a,target=/t | a",
        "from=a | a",
        "target=/from=a | none",
        "type=cache,target=/t | none",
        "from= | ``",
      })
  void theStageIsFoundWithoutALookAtTheRest(String text, String from) {
    assertEquals(from, RunMount.from(text).orElse("none"));
  }
}
