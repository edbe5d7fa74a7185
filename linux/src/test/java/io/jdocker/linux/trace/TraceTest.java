package io.jdocker.linux.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class TraceTest {
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void aTextIsMadeOnlyWhenSomebodyLooks() {
    Trace trace = Trace.on();
    record(trace, "one");
    assertEquals(0, made.get());
    assertEquals("call one", trace.entries().get(0).call());
    assertEquals(1, made.get());
  }

  @Test
  void entriesKeepTheirOrderAndAllTheirParts() {
    Trace trace = Trace.on();
    trace.record(Stage.CGROUP, "make the group", () -> "mkdir(\"g\")", "0", 0, () -> "mkdir g");
    trace.record(Stage.LAUNCH, "a session", () -> "setsid()", "12", 0, null);
    assertEquals(
        List.of(
            new TraceEntry(
                Stage.CGROUP, "make the group", "mkdir(\"g\")", "0", 0, Optional.of("mkdir g")),
            new TraceEntry(Stage.LAUNCH, "a session", "setsid()", "12", 0, Optional.empty())),
        trace.entries());
  }

  @Test
  void aShellTextThatTurnsOutToBeNoneIsEmpty() {
    Trace trace = Trace.on();
    trace.record(Stage.LAUNCH, "x", () -> "x()", "0", 0, () -> null);
    assertEquals(Optional.empty(), trace.entries().get(0).shell());
  }

  @Test
  void aTimedEffectTookSomeTimeAndAnUntimedOneNone() {
    Trace trace = Trace.on();
    long before = System.nanoTime() - 5_000;
    trace.record(Stage.LAUNCH, "timed", () -> "x()", "0", before, null);
    record(trace, "untimed");
    assertTrue(trace.entries().get(0).nanos() >= 5_000);
    assertEquals(0, trace.entries().get(1).nanos());
  }

  @Test
  void aTraceThatIsOffKeepsNothingAndTellsNobody() {
    Trace trace = Trace.off();
    List<TraceEntry> heard = new ArrayList<>();
    trace.listen(heard::add, () -> true);
    record(trace, "one");
    assertEquals(List.of(), trace.entries());
    assertEquals(List.of(), heard);
    assertEquals(0, made.get());
  }

  @Test
  void aListenerHearsWhatComesAfterIt() {
    Trace trace = Trace.on();
    List<String> heard = new ArrayList<>();
    record(trace, "before");
    trace.listen(entry -> heard.add(entry.purpose()), () -> true);
    record(trace, "after");
    assertEquals(List.of("after"), heard);
    assertEquals(2, trace.entries().size());
  }

  @Test
  void aListenerThatWantsNothingJustNowCostsNoText() {
    Trace trace = Trace.on();
    AtomicBoolean wanted = new AtomicBoolean();
    List<String> heard = new ArrayList<>();
    trace.listen(entry -> heard.add(entry.purpose()), wanted::get);
    record(trace, "one");
    assertEquals(0, made.get());
    wanted.set(true);
    record(trace, "two");
    assertEquals(List.of("two"), heard);
  }

  @Test
  void whatIsDrainedIsForgotten() {
    Trace trace = Trace.on();
    record(trace, "one");
    assertEquals(1, trace.drain().size());
    assertEquals(List.of(), trace.drain());
    record(trace, "two");
    assertEquals("two", trace.entries().get(0).purpose());
  }

  @Test
  void entriesAreASnapshot() {
    Trace trace = Trace.on();
    record(trace, "one");
    List<TraceEntry> before = trace.entries();
    record(trace, "two");
    assertEquals(1, before.size());
  }

  @Test
  void threadsLoseNoEntryOfEachOther() {
    Trace trace = Trace.on();
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String name = "thread " + i;
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int n = 0; n < 250; n++) {
                  record(trace, name);
                }
              }));
    }
    threads.forEach(CompletableFuture::join);
    assertEquals(1000, trace.entries().size());
  }

  private void record(Trace trace, String name) {
    trace.record(
        Stage.LAUNCH,
        name,
        () -> {
          made.incrementAndGet();
          return "call " + name;
        },
        "0",
        0,
        null);
  }
}
