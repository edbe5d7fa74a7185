package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import io.jdocker.runtime.testing.TestEngine.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers with a first process of the engine's own. */
final class InitIT {
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  @Test
  void theCommandIsProcessTwo() throws Exception {
    // The command may run before its parent has become init.
    String script =
        "until grep -q ^/sbin /proc/1/cmdline; do sleep 0.01; done; echo $$;"
            + " cat /proc/1/comm; tr '\\0' ' ' </proc/1/cmdline | cut -c1-26; exit 3";
    assertEquals(
        new Outcome(3, "2\ndocker-init\n/sbin/docker-init -- sh -c\n", ""),
        test.run(Specs.shell(script).init().spec()));
  }

  @Test
  void aSignalIsSentOnAndEndsIt() {
    Container container = test.start(Specs.run("sleep", "1000").init().spec());
    test.engine().containers().stop(container.id().hex(), Optional.empty(), Optional.of(20));
    assertEquals(143, container.state().exitCode());
  }

  @Test
  void orphansAreReaped() throws Exception {
    Outcome outcome =
        test.run(
            Specs.shell(
                    "for i in 1 2 3; do (sleep 0.01 &) ; done; sleep 0.3;"
                        + " grep -l '^State:.Z' /proc/[0-9]*/status; echo end")
                .init()
                .spec());
    assertEquals("end\n", outcome.stdout());
  }

  @Test
  void aMissingCommandIsStillTold() {
    Container container = test.engine().containers().create("", Specs.run("nosuch").init().spec());
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class, () -> test.engine().containers().start(container.id().hex()));
    assertTrue(e.getMessage().contains("executable file not found"), e.getMessage());
  }

  @Test
  void noDescriptorOfItIsLeft() throws Exception {
    // The command may run before its parent has become init: wait for that, else there is no end.
    String script = "until grep -q docker-init /proc/1/cmdline; do sleep 0.01; done; ls /proc/1/fd";
    assertEquals("0\n1\n2\n", test.run(Specs.shell(script).init().spec()).stdout());
  }
}
