package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.runtime.testing.Footprint;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stages that do not need each other are built side by side. */
final class StageGraphIT {
  private BuildFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new BuildFixture();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  /** Each of the two waits for the other: one after the other they would wait for ever. */
  @Test
  void twoStagesRunAtTheSameTime() throws Exception {
    fixture.build(
        """
        FROM busybox AS left
        RUN --mount=type=cache,target=/c,id=meet touch /c/left; \
            while [ ! -e /c/right ]; do usleep 10000; done; echo l > /l
        FROM busybox AS right
        RUN --mount=type=cache,target=/c,id=meet touch /c/right; \
            while [ ! -e /c/left ]; do usleep 10000; done; echo r > /r
        FROM busybox
        COPY --from=left /l /
        COPY --from=right /r /
        """);
    assertEquals("l\nr\n", fixture.in("made:1", "cat /l /r"));
    List<String> steps = fixture.output().lines().filter(line -> line.startsWith("Step ")).toList();
    assertEquals(7, steps.size());
    for (int i = 0; i < steps.size(); i++) {
      assertTrue(steps.get(i).startsWith("Step " + (i + 1) + "/7 : "), steps.toString());
    }
  }

  @Test
  void theFirstThatFailsEndsTheOthersAndNothingIsLeft() throws Exception {
    fixture.build("FROM busybox\nRUN true\n");
    Footprint before = fixture.test().footprint();
    CommandFailed e =
        assertThrows(
            CommandFailed.class,
            () ->
                fixture.build(
                    BuildRequest.named("bad:1"),
                    """
                    FROM busybox AS endless
                    RUN --mount=type=cache,target=/c,id=go touch /c/up; sleep 1000
                    FROM busybox AS broken
                    RUN --mount=type=cache,target=/c,id=go \
                        while [ ! -e /c/up ]; do usleep 10000; done; echo why; exit 5
                    FROM busybox
                    COPY --from=endless / /
                    COPY --from=broken / /
                    """));
    assertEquals(5, e.exitCode());
    assertTrue(fixture.output().contains("why\n"), fixture.output());
    assertFalse(fixture.output().contains("Step 5/7"), fixture.output());
    var left = BuildFixture.withoutCache(fixture.test().footprint());
    left.put("files", left.get("files").stream().filter(f -> !f.contains("build/cache")).toList());
    assertEquals(BuildFixture.withoutCache(before), left);
  }

  @Test
  void aNeededStageThatFailsIsNamedByItsOwnFault() {
    CommandFailed e =
        assertThrows(
            CommandFailed.class,
            () ->
                fixture.build(
                    """
                    FROM busybox AS a
                    RUN exit 7
                    FROM a AS b
                    RUN true
                    FROM busybox
                    COPY --from=b / /
                    """));
    assertEquals(7, e.exitCode());
  }
}
