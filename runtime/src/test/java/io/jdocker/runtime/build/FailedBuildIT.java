package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.Unavailable;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds that end before their end: nothing of them is left on the machine. */
final class FailedBuildIT {
  private BuildFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new BuildFixture();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private Map<String, List<String>> footprint() throws Exception {
    return BuildFixture.withoutCache(fixture.test().footprint());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN touch /a; exit 3 | returned a non-zero code: 3",
        "RUN sh -c 'kill -9 $$'; exit $? | returned a non-zero code: 137",
        "RUN (sleep 1000 &) ; exit 4 | returned a non-zero code: 4",
        "RUN mkdir /x && mount -t tmpfs x /x | returned a non-zero code",
        "RUN --mount=type=bind,from=0,source=/nope,target=/t true | not found",
        "COPY nope / | file not found in build context",
        "COPY --chown=nobody-at-all a / | nobody-at-all",
        "COPY dir /bin/busybox | non-directory",
        "USER nobody-at-all~RUN true | nobody-at-all",
      })
  void aStepThatFailsLeavesNothing(String step, String message) throws Exception {
    fixture.build("FROM busybox AS b\nRUN true\n", BuildFixture::files);
    Map<String, List<String>> before = footprint();
    int images = fixture.test().engine().images().list().size();
    String dockerfile = "FROM busybox AS b\nRUN true\nFROM b\n" + step.replace('~', '\n') + "\n";
    RuntimeException e =
        assertThrows(RuntimeException.class, () -> fixture.build(dockerfile, BuildFixture::files));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(before, footprint());
    assertEquals(images, fixture.test().engine().images().list().size());
  }

  @Test
  void aBuildThatItsClientCutsLeavesNothing() throws Exception {
    fixture.build("FROM busybox\nRUN true\n");
    Map<String, List<String>> before = footprint();
    Cancellation cancellation = new Cancellation();
    byte[] context =
        new TarBuilder()
            .file("Dockerfile", "FROM busybox\nRUN echo begun; sleep 1000\n", 0644)
            .build();
    BuildProgress leaves =
        text -> {
          if (text.contains("begun\n") && !text.contains("echo")) {
            cancellation.cancel();
          }
        };
    assertThrows(
        Unavailable.class,
        () ->
            fixture
                .test()
                .engine()
                .builder()
                .build(
                    BuildRequest.named("cut:1"),
                    new ByteArrayInputStream(context),
                    leaves,
                    cancellation));
    assertEquals(before, footprint());
  }
}
