package io.jdocker.runtime.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import io.jdocker.linux.trace.TraceEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingTest {
  @TempDir Path folder;
  private Path file;
  private Recording recording;

  @BeforeEach
  void open() {
    file = folder.resolve("trace.json");
    recording = new Recording(file);
  }

  private static void act(Trace trace, String purpose) {
    trace.record(Stage.LAUNCH, purpose, () -> "call()", "0", 0, () -> "type it's\nmore");
  }

  private static List<String> purposes(Recording recording) {
    return recording.entries().stream().map(TraceEntry::purpose).toList();
  }

  @Test
  void whatIsSavedIsReadBackByTheNextEngine() {
    act(recording.begin(), "start");
    List<TraceEntry> before = recording.entries();
    recording.save();
    assertEquals(List.of(), recording.trace().entries(), "memory is given back");
    assertEquals(before, recording.entries());
    assertEquals(before, new Recording(file).entries());
  }

  @Test
  void theEndFollowsTheStartAlsoAfterARestart() {
    act(recording.begin(), "start");
    recording.save();
    Recording adopted = new Recording(file);
    act(adopted.trace(), "end");
    assertEquals(List.of("start", "end"), purposes(adopted));
    adopted.save();
    assertEquals(List.of("start", "end"), purposes(new Recording(file)));
  }

  @Test
  void aNewStartForgetsTheOneBefore() {
    act(recording.begin(), "first");
    recording.save();
    act(recording.begin(), "second");
    assertEquals(List.of("second"), purposes(recording));
    recording.save();
    assertEquals(List.of("second"), purposes(new Recording(file)));
  }

  @Test
  void nothingIsWrittenForARemovedContainer() throws Exception {
    Recording removed = new Recording(folder.resolve("gone/trace.json"));
    act(removed.begin(), "start");
    removed.save();
    assertFalse(Files.exists(folder.resolve("gone")));
  }

  @Test
  void aBrokenFileIsNamed() throws Exception {
    Files.writeString(file, "{\"stage\":\"LAUNCH\"}\n");
    SystemFailure failure = assertThrows(SystemFailure.class, recording::entries);
    assertTrue(failure.getMessage().startsWith(file + " is no trace"), failure.getMessage());
  }

  @Test
  void aWatcherGetsWhatHappensFromThenOnUntilTheEnd() throws Exception {
    Trace trace = recording.begin();
    act(trace, "before");
    try (LiveTrace.Watch watch = recording.live().watch()) {
      act(trace, "after");
      recording.live().end();
      assertEquals("after", watch.take().orElseThrow().purpose());
      assertTrue(watch.take().isEmpty());
    }
    assertFalse(recording.live().isWatched());
  }

  @Test
  void wordsAreNotMadeWhileNobodyLooks() {
    recording
        .begin()
        .record(
            Stage.LAUNCH,
            "silent",
            () -> {
              throw new AssertionError("put into words");
            },
            "0",
            0,
            null);
    assertFalse(recording.live().isWatched());
  }
}
