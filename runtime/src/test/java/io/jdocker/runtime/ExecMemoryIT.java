package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Exec;
import io.jdocker.runtime.testing.ManualTime;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long an exec that has ended is known: clients that poll one after another fill no memory. */
final class ExecMemoryIT {
  private final ManualTime time = new ManualTime();
  private TestEngine test;
  private Container container;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open(time);
    container = test.start(Specs.run("sleep", "1000").spec());
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private Exec run(String command) throws Exception {
    Exec exec =
        test.engine()
            .containers()
            .createExec(container.id().hex(), Specs.exec("sh", "-c", command));
    test.engine().containers().startExec(exec);
    return exec;
  }

  private void awaitForgetting() throws Exception {
    test.awaitState(container, state -> time.untilNext().isPresent());
  }

  @Test
  void itsExitCodeIsKnownForFiveMinutes() throws Exception {
    Exec exec = run("exit 7");
    exec.exit().get(20, TimeUnit.SECONDS);
    awaitForgetting();
    time.advance(Duration.ofMinutes(5).minusMillis(1));
    assertEquals(7, test.engine().containers().exec(exec.id()).exitCode().orElseThrow());
    time.advance(Duration.ofMillis(1));
    assertThrows(NotFound.class, () -> test.engine().containers().exec(exec.id()));
  }

  @Test
  void oneThatRunsIsKnownHoweverLong() throws Exception {
    Exec exec = run("sleep 1000");
    time.advance(Duration.ofHours(1));
    assertEquals(exec, test.engine().containers().exec(exec.id()));
  }

  @Test
  void oneThatWasNeverStartedIsKnownUntilItsContainerEnds() throws Exception {
    Exec exec = test.engine().containers().createExec(container.id().hex(), Specs.exec("true"));
    time.advance(Duration.ofHours(1));
    assertEquals(exec, test.engine().containers().exec(exec.id()));
    test.engine().containers().remove(container.id().hex(), true, true);
    assertThrows(NotFound.class, () -> test.engine().containers().exec(exec.id()));
  }

  /** A container holds the record of its start: a thousand of them would fill the heap. */
  @Test
  void aContainerThatWasRemovedIsNotKeptInMemoryByAnExecThatIsStillKnown() throws Exception {
    run("true").exit().get(20, TimeUnit.SECONDS);
    awaitForgetting();
    test.engine().containers().remove(container.id().hex(), true, true);
    assertTrue(time.untilNext().isPresent(), "its exec is to be forgotten later");
    WeakReference<Container> removed = new WeakReference<>(container);
    container = null;
    for (int i = 0; i < 300 && removed.get() != null; i++) {
      System.gc();
      Thread.sleep(50); // the threads that served it let go of it soon
    }
    assertNull(removed.get());
  }
}
