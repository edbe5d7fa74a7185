package io.jdocker.cli.compose.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.CommandFailure;
import io.jdocker.compose.order.StartOrder;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TogetherTest {
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void whatWaitsForNothingRunsAtTheSameTime() throws IOException {
    CountDownLatch all = new CountDownLatch(3);
    new Together(-1)
        .each(
            List.of("a", "b", "c"),
            name -> {
              all.countDown();
              try {
                assertTrue(all.await(60, TimeUnit.SECONDS), "the others have begun as well");
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              done.add(name);
            });
    assertEquals(3, done.size());
  }

  @Test
  void whatIsNeededIsDoneBefore() throws IOException {
    StartOrder order =
        StartOrder.of(
            Map.of(
                "web",
                List.of("api"),
                "api",
                List.of("db", "cache"),
                "db",
                List.of(),
                "cache",
                List.of()));
    new Together(-1).run(order, done::add);
    assertEquals(List.of("api", "web"), done.subList(2, 4));
  }

  @Test
  void whatWaitsForAFailureIsLeftOutAndTheRestIsDone() {
    StartOrder order =
        StartOrder.of(Map.of("web", List.of("db"), "db", List.of(), "other", List.of()));
    CommandFailure failure =
        assertThrows(
            CommandFailure.class,
            () ->
                new Together(-1)
                    .run(
                        order,
                        name -> {
                          if (name.equals("db")) {
                            throw new CommandFailure("db: no");
                          }
                          done.add(name);
                        }));
    assertEquals("db: no", failure.getMessage());
    assertEquals(List.of("other"), done);
  }

  @Test
  void anErrorOfTheConnectionIsThrownAsItIs() {
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                new Together(1)
                    .each(
                        List.of("a"),
                        name -> {
                          throw new IOException("gone");
                        }));
    assertEquals("gone", failure.getMessage());
  }

  @Test
  void noMoreThanAllowedRunAtOnce() throws IOException {
    AtomicInteger running = new AtomicInteger();
    List<Integer> seen = Collections.synchronizedList(new java.util.ArrayList<>());
    new Together(2)
        .each(
            List.of("a", "b", "c", "d", "e"),
            name -> {
              seen.add(running.incrementAndGet());
              done.add(name);
              running.decrementAndGet();
            });
    assertEquals(5, seen.size());
    assertTrue(seen.stream().allMatch(count -> count <= 2), seen.toString());
  }
}
