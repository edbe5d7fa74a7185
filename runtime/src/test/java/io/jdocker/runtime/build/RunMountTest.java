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
        "type=secret,id=s | SECRET | `` | `` | /run/secrets/s",
        "type=secret,id=s,target=/t | SECRET | `` | `` | /t",
        "type=secret,target=/t/s | SECRET | `` | `` | /t/s",
        "type=secret,id=s,dst=t | SECRET | `` | `` | /work/t",
        "type=ssh | SSH | `` | `` | ``",
        "type=ssh,target=/a.sock | SSH | `` | `` | /a.sock",
      })
  void eachKindHasItsPlace(
      String text, RunMount.Kind kind, String from, String source, String target) {
    RunMount mount = parse(text);
    assertEquals(kind, mount.kind());
    assertEquals(from, mount.from());
    assertEquals(source, mount.source());
    assertEquals(target, mount.target());
    boolean readOnly = kind == RunMount.Kind.BIND || kind == RunMount.Kind.SECRET;
    assertEquals(readOnly, mount.readOnly());
  }

  @Test
  void aCacheIsCalledByItsTargetUnlessItHasAnId() {
    assertEquals("/c", parse("type=cache,target=/c").id());
    assertEquals("c", parse("type=cache,target=c").id());
    assertEquals("mine", parse("type=cache,target=/c,id=mine").id());
  }

  @ParameterizedTest
  @CsvSource({
    "'', SHARED",
    "',sharing=shared', SHARED",
    "',sharing=locked', LOCKED",
    "',sharing=private', PRIVATE"
  })
  void aCacheIsSharedUnlessItSaysOtherwise(String more, RunMount.Sharing sharing) {
    assertEquals(sharing, parse("type=cache,target=/c" + more).sharing());
  }

  @Test
  void aBindMayBeWritable() {
    assertFalse(parse("type=bind,target=/t,rw").readOnly());
    assertFalse(parse("type=bind,target=/t,readwrite=true").readOnly());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "type=secret,id=s | 0 0 400",
        "type=secret,id=s,uid=7,gid=8,mode=0440 | 7 8 440",
        "type=ssh | 0 0 600",
        "type=ssh,mode=0666,uid=1000 | 1000 0 666",
        "type=cache,target=/c | 0 0 755",
        "type=cache,target=/c,uid=5,gid=6,mode=01777 | 5 6 1777",
      })
  void whoMayReadItIsGiven(String text, String expected) {
    RunMount.Access access = parse(text).access();
    assertEquals(expected, "%d %d %o".formatted(access.uid(), access.gid(), access.mode()));
  }

  @Test
  void aSecretIsRequiredOnDemand() {
    assertFalse(parse("type=secret,id=s").required());
    assertTrue(parse("type=secret,id=s,required").required());
    assertTrue(parse("type=ssh,required=true").required());
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
        "type=secret | the mount \"type=secret\" needs an id or a target",
        "type=secret,id=s,mode=9 | invalid value '9' for mode",
        "type=secret,id=s,uid=root | invalid value 'root' for uid",
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
        "type=secret,id=s,env=S | RUN --mount=type=secret,env is not supported",
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
