package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Digest;
import io.jdocker.images.RegistryFixture;
import io.jdocker.images.testing.FakeRegistry;
import io.jdocker.images.testing.RegistryImage;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Blobs that do not come as they should: cut, slow, wrong, long, twice, and after a crash. */
class DownloadIT {
  private static final int SIZE = 300_000;

  @TempDir Path folder;
  private FakeRegistry registry;
  private RegistryFixture fixture;
  private RegistryImage image;
  private byte[] blob;
  private String get;

  @BeforeEach
  void start() {
    registry = FakeRegistry.start();
    fixture = new RegistryFixture(folder);
    image = new RegistryImage().layer(new TarBuilder().file("noise", PullIT.noise(SIZE), 0644));
    image.putInto(registry, "app", "1");
    blob = image.blobs().get(0);
    get = "GET /v2/app/blobs/" + image.blob(0);
  }

  @AfterEach
  void stop() {
    fixture.close();
    registry.close();
  }

  private String name() {
    return registry.host() + "/app:1";
  }

  private void assertWhole() throws IOException {
    Path layer =
        fixture.store().layers(fixture.store().get(name())).get(0).folder().resolve("noise");
    assertArrayEquals(PullIT.noise(SIZE), Files.readAllBytes(layer));
    assertEquals(List.of(), fixture.in("downloads"));
  }

  private List<String> ranges() {
    return registry.asked(get).stream().map(request -> request.field("Range")).toList();
  }

  @Test
  void goesOnWhereItWasCut() throws IOException {
    registry.next(get, FakeRegistry.cutting(blob, 100_000));
    fixture.pull(name());
    assertWhole();
    assertEquals(2, ranges().size());
    assertEquals("", ranges().get(0));
    assertTrue(ranges().get(1).matches("bytes=[1-9][0-9]*-"), ranges().get(1));
  }

  @Test
  void mayBeCutAnyNumberOfTimesWhileSomethingComes() throws IOException {
    for (int i = 0; i < 12; i++) {
      int more = i;
      registry.next(
          get,
          exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
            exchange
                .getResponseHeaders()
                .set(
                    "Content-Range", "bytes " + from + "-" + (blob.length - 1) + "/" + blob.length);
            exchange.sendResponseHeaders(more == 0 ? 200 : 206, blob.length - from);
            exchange.getResponseBody().write(blob, from, 10_000);
            exchange.getResponseBody().flush();
            return true;
          });
    }
    fixture.pull(name());
    assertWhole();
    assertTrue(ranges().size() >= 13, ranges().toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oddRanges")
  void copesWithServersThatCannotResume(String how, FakeRegistry.Behaviour second)
      throws IOException {
    registry.next(get, FakeRegistry.cutting(blob, 100_000)).next(get, second);
    fixture.pull(name());
    assertWhole();
  }

  static Stream<Arguments> oddRanges() {
    return Stream.of(
        Arguments.of("416", FakeRegistry.failing(416, "RANGE_INVALID", "no")),
        Arguments.of(
            "206 without saying from where",
            (FakeRegistry.Behaviour)
                exchange -> {
                  exchange.sendResponseHeaders(206, 5);
                  exchange.getResponseBody().write(new byte[5]);
                  return true;
                }),
        Arguments.of(
            "206 of a later part",
            (FakeRegistry.Behaviour)
                exchange -> {
                  exchange.getResponseHeaders().set("Content-Range", "bytes 299000-299004/300000");
                  exchange.sendResponseHeaders(206, 5);
                  exchange.getResponseBody().write(new byte[5]);
                  return true;
                }));
  }

  @Test
  void aServerThatIgnoresRangesIsReadPastWhatIsHere() throws IOException {
    registry.next(get, FakeRegistry.cutting(blob, 100_000));
    registry.next(
        get,
        exchange -> {
          FakeRegistry.answer(exchange, 200, "application/octet-stream", blob);
          return true;
        });
    fixture.pull(name());
    assertWhole();
    assertEquals(2, ranges().size());
  }

  @Test
  void aServerThatFallsSilentIsAskedAgain() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    registry.next(
        get,
        exchange -> {
          exchange.sendResponseHeaders(200, blob.length);
          exchange.getResponseBody().write(blob, 0, 50_000);
          exchange.getResponseBody().flush();
          awaitQuietly(over);
          return true;
        });
    fixture.pull(name());
    over.countDown();
    assertWhole();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the registry is being stopped
    }
  }

  @Test
  void contentOfAnotherDigestLeavesNothing() {
    byte[] wrong = blob.clone();
    wrong[wrong.length - 12] ^= 1;
    registry.next(
        10,
        get,
        exchange -> {
          FakeRegistry.answer(exchange, 200, "application/octet-stream", wrong);
          return true;
        });
    SystemFailure failure = assertThrows(SystemFailure.class, () -> fixture.pull(name()));
    assertEquals(
        "filesystem layer verification failed for digest " + image.blob(0), failure.getMessage());
    assertEquals(1, registry.asked(get).size(), "a liar is not asked again");
    assertEquals(List.of(), fixture.in("downloads"));
    assertEquals(List.of("0"), fixture.in("l"));
    assertEquals(List.of(), fixture.store().list());
  }

  @Test
  void contentThatDoesNotEndIsStoppedAtItsSize() {
    registry.next(
        10,
        get,
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] more = new byte[1 << 16];
          exchange.getResponseBody().write(blob);
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(more);
          }
          return true;
        });
    SystemFailure failure = assertThrows(SystemFailure.class, () -> fixture.pull(name()));
    assertEquals(
        "blob " + image.blob(0) + " is longer than its " + blob.length + " bytes",
        failure.getMessage());
    assertEquals(List.of(), fixture.in("downloads"));
  }

  @Test
  void contentThatIsTooShortIsGivenUpAndKept() {
    registry.next(
        20,
        get,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          FakeRegistry.answer(
              exchange,
              range == null ? 200 : 416,
              "application/octet-stream",
              Arrays.copyOf(blob, 1000));
          return true;
        });
    SystemFailure failure = assertThrows(SystemFailure.class, () -> fixture.pull(name()));
    assertEquals("unexpected EOF", failure.getMessage());
    assertEquals(List.of(image.blob(0).hex()), fixture.in("downloads"));
  }

  @Test
  void whatAnEarlierProcessLeftIsTakenUp() throws IOException {
    Files.write(
        fixture.store().downloads().resolve(image.blob(0).hex()), Arrays.copyOf(blob, 1000));
    fixture.reopen();
    fixture.pull(name());
    assertEquals(List.of("bytes=1000-"), ranges());
    assertWhole();
  }

  @Test
  void aWholeBlobOfAnEarlierProcessIsNotFetchedAgain() throws IOException {
    Files.write(fixture.store().downloads().resolve(image.blob(0).hex()), blob);
    fixture.reopen();
    fixture.pull(name());
    assertEquals(List.of(), ranges());
    assertWhole();
  }

  @ParameterizedTest
  @MethodSource("damage")
  void aDamagedRestOfAnEarlierProcessIsReplaced(byte[] left) throws IOException {
    Files.write(fixture.store().downloads().resolve(image.blob(0).hex()), left);
    fixture.reopen();
    fixture.pull(name());
    assertWhole();
  }

  static Stream<Arguments> damage() {
    // Zero bytes, as after a power cut; longer than it can be; whole, but other content.
    return Stream.of(
        Arguments.of(new byte[1000]),
        Arguments.of(new byte[2 * SIZE]),
        Arguments.of(
            new RegistryImage()
                .layer(new TarBuilder().file("noise", PullIT.noise(SIZE), 0644))
                .blobs()
                .get(0)
                .clone()),
        Arguments.of(new byte[0]));
  }

  @Test
  void twoPullsOfALayerShareOneDownload() throws Exception {
    CountDownLatch bothAsked = new CountDownLatch(2);
    registry.always(
        exchange -> {
          if (exchange.getRequestURI().getPath().contains("/manifests/")
              && exchange.getRequestMethod().equals("GET")) {
            bothAsked.countDown();
          }
          if (exchange.getRequestURI().getPath().endsWith(image.blob(0).toString())) {
            awaitQuietly(bothAsked);
          }
          return false;
        });
    ExecutorService pulls = Executors.newFixedThreadPool(2);
    try {
      List<Future<Pulled>> all = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        all.add(pulls.submit(() -> fixture.pull(name())));
      }
      Digest first = all.get(0).get(60, TimeUnit.SECONDS).image().id();
      assertEquals(first, all.get(1).get(60, TimeUnit.SECONDS).image().id());
    } finally {
      pulls.shutdownNow();
    }
    assertEquals(1, registry.asked(get).size());
    assertEquals(2, fixture.in("l").stream().filter(f -> !f.contains("/")).count(), "one layer");
    assertWhole();
  }

  @Test
  void aListenerThatLeavesEndsItsPullAndKeepsTheRest() {
    registry.next(
        get,
        exchange -> {
          exchange.sendResponseHeaders(200, blob.length);
          exchange.getResponseBody().write(blob, 0, 200_000);
          exchange.getResponseBody().flush();
          return true;
        });
    TransferListener gone =
        new TransferListener() {
          @Override
          public void status(String id, String status) {
            if (status.equals("Pulling fs layer")) {
              throw new java.io.UncheckedIOException(
                  "the client has left", new IOException("gone"));
            }
          }
        };
    assertThrows(RuntimeException.class, () -> fixture.pull(name(), gone));
    assertEquals(List.of(), fixture.in("tmp"));
    fixture.pull(name());
    assertFalse(fixture.store().list().isEmpty());
  }

  @Test
  void layersComeInParallelButNoMoreThanThree() {
    RegistryImage many = new RegistryImage();
    for (int i = 0; i < 8; i++) {
      many.layer(new TarBuilder().file("f" + i, PullIT.noise(1000 + i), 0644));
    }
    many.putInto(registry, "many", "1");
    java.util.concurrent.atomic.AtomicInteger now = new java.util.concurrent.atomic.AtomicInteger();
    java.util.concurrent.atomic.AtomicInteger most =
        new java.util.concurrent.atomic.AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    registry.always(
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (path.contains("/many/blobs/")
              && !path.endsWith(Digest.of(many.config()).toString())) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            three.countDown();
            // The first three wait for each other: they can only be served together.
            awaitQuietly(three);
            now.decrementAndGet();
          }
          return false;
        });
    assertEquals(8, fixture.pull(registry.host() + "/many:1").image().chainIds().size());
    assertEquals(3, most.get());
  }
}
