package io.jdocker.linux.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Clients match the text: no kind of failure may add to it or lose its cause. */
final class EngineExceptionTest {
  private static final List<Function<String, EngineException>> PLAIN =
      List.of(
          InvalidArgument::new,
          NotFound::new,
          Conflict::new,
          Forbidden::new,
          NotModified::new,
          Unavailable::new,
          Unsupported::new,
          SystemFailure::new);
  private static final List<BiFunction<String, Throwable, EngineException>> CAUSED =
      List.of(
          InvalidArgument::new,
          NotFound::new,
          Conflict::new,
          Forbidden::new,
          NotModified::new,
          Unavailable::new,
          Unsupported::new,
          SystemFailure::new);

  @Test
  void theMessageIsTheTextGivenAndNoMore() {
    for (Function<String, EngineException> kind : PLAIN) {
      EngineException e = kind.apply("No such container: x");
      assertEquals("No such container: x", e.getMessage());
      assertNull(e.getCause());
    }
  }

  @Test
  void theCauseIsKeptForTheLog() {
    Throwable cause = new IllegalStateException("why");
    for (BiFunction<String, Throwable, EngineException> kind : CAUSED) {
      EngineException e = kind.apply("text", cause);
      assertEquals("text", e.getMessage());
      assertSame(cause, e.getCause());
    }
  }

  @Test
  void eachPermittedKindIsTestedHere() {
    assertEquals(EngineException.class.getPermittedSubclasses().length, PLAIN.size());
  }
}
