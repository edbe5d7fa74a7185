package io.jdocker.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.stdio.Chunk;
import io.jdocker.runtime.stdio.LogQuery;
import io.jdocker.runtime.stdio.LogReader;
import io.jdocker.runtime.stdio.StreamSelection;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log drivers json-file, local and none, with real containers. */
final class LogDriverIT {
  private static final String COUNT = "seq 1 2000";
  private static final String COUNTED = expected(1, 2000);

  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private static String expected(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String logs(Container container, boolean follow, boolean details, OptionalLong tail)
      throws InterruptedException {
    LogQuery query =
        new LogQuery(true, true, Optional.empty(), Optional.empty(), tail, false, details, follow);
    return text(test.engine().containers().logs(container.id().hex(), query));
  }

  private static String text(LogReader log) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    try (log) {
      for (Optional<Chunk> chunk = log.take(); chunk.isPresent(); chunk = log.take()) {
        text.append(new String(chunk.get().bytes(), UTF_8));
      }
    }
    return text.toString();
  }

  private String logs(Container container) throws InterruptedException {
    return logs(container, false, false, OptionalLong.empty());
  }

  private List<String> files(Container container) throws Exception {
    try (Stream<Path> files = Files.list(test.engine().containers().folder(container))) {
      return files
          .map(file -> file.getFileName().toString().replace(container.id().hex(), "ID"))
          .filter(name -> name.contains("log"))
          .sorted()
          .toList();
    }
  }

  private Container run(Specs specs) throws Exception {
    Container container = test.start(specs.spec());
    test.awaitExit(container.id().hex());
    return container;
  }

  @Test
  void aLogInManyFilesIsReadAsOne() throws Exception {
    Container container =
        run(Specs.shell(COUNT).log("json-file", Map.of("max-size", "10k", "max-file", "100")));
    assertTrue(files(container).size() > 1, files(container).toString());
    assertEquals(COUNTED, logs(container));
    assertEquals(expected(1990, 2000), logs(container, false, false, OptionalLong.of(11)));
  }

  @Test
  void onlyTheLastFilesAreKept() throws Exception {
    Container container =
        run(
            Specs.shell("for i in $(seq 1 300); do echo line $i; done")
                .log("json-file", Map.of("max-size", "1k", "max-file", "2")));
    assertEquals(List.of("ID-json.log", "ID-json.log.1"), files(container));
    assertTrue(logs(container).endsWith("line 299\nline 300\n"));
    assertFalse(logs(container).contains("line 1\n"));
  }

  @Test
  void aFollowerSeesEachLineOnceWhileFilesAreCompressed() throws Exception {
    Container container =
        test.start(
            Specs.shell("read go; " + COUNT)
                .stdin(false)
                .log("json-file", Map.of("max-size", "4k", "max-file", "3", "compress", "true"))
                .spec());
    LogQuery query =
        new LogQuery(
            true,
            true,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            false,
            false,
            true);
    LogReader reader = test.engine().containers().logs(container.id().hex(), query);
    go(container);
    assertEquals(COUNTED, text(reader));
  }

  private void go(Container container) throws Exception {
    try (var attachment =
        test.engine()
            .containers()
            .attach(container.id().hex(), new StreamSelection(true, false, false), false)) {
      attachment.writeStdin("go\n".getBytes(UTF_8), 0, 3);
      test.awaitExit(container.id().hex());
    }
  }

  @Test
  void aFurtherRunGoesOnInTheSameLog() throws Exception {
    Container container =
        run(Specs.shell("seq 1 50").log("local", Map.of("max-size", "1k", "max-file", "50")));
    test.engine().containers().start(container.id().hex());
    test.awaitExit(container.id().hex());
    assertEquals(expected(1, 50) + expected(1, 50), logs(container));
    test.reopen();
    Container again = test.engine().containers().get(container.id().hex());
    assertEquals(expected(1, 50) + expected(1, 50), logs(again));
  }

  @Test
  void theLogRotatesOnAfterTheEnginesEnd() throws Exception {
    Container container =
        test.start(
            Specs.shell("read go; " + COUNT)
                .stdin(false)
                .log("json-file", Map.of("max-size", "4k", "max-file", "200"))
                .spec());
    test.reopen();
    go(container);
    Container again = test.engine().containers().get(container.id().hex());
    assertEquals(COUNTED, logs(again));
    assertTrue(files(again).contains("ID-json.log.2"), files(again).toString());
  }

  @Test
  void localIsKeptApart() throws Exception {
    Container container = run(Specs.shell("echo hello").log("local", Map.of()));
    assertEquals(List.of("local.log"), files(container));
    assertEquals("hello\n", logs(container));
  }

  @Test
  void noneKeepsNothingAndCannotBeRead() throws Exception {
    TestEngine.Outcome outcome = test.run(Specs.shell("echo seen").log("none", Map.of()).spec());
    assertEquals("seen\n", outcome.stdout(), "whoever is attached sees it all the same");
    Container container = test.engine().containers().list().iterator().next();
    assertEquals(List.of(), files(container));
    EngineException e = assertThrows(Unsupported.class, () -> logs(container));
    assertEquals("configured logging driver does not support reading", e.getMessage());
  }

  @Test
  void detailsAreTheAttributesAskedFor() throws Exception {
    Container container =
        run(
            Specs.shell("echo hello")
                .labels(Map.of("team", "a b", "other", "x"))
                .environment("STAGE=test")
                .log(
                    "json-file",
                    Map.of("labels", "team", "env-regex", "^STAGE", "tag", "{{.Name}}")));
    assertEquals(
        "STAGE=test,tag=" + container.record().name() + ",team=a+b hello\n",
        logs(container, false, true, OptionalLong.empty()));
  }

  @Test
  void aContainerDoesNotWaitForItsLogWhenToldSo() throws Exception {
    Container container =
        run(
            Specs.shell(COUNT)
                .log("json-file", Map.of("mode", "non-blocking", "max-buffer-size", "4m")));
    assertEquals(COUNTED, logs(container), "all of it fitted");
  }

  @Test
  void whatIsWrongIsRefusedBeforeAnythingIsMade() throws Exception {
    var before = test.footprint();
    assertThrows(
        InvalidArgument.class,
        () ->
            test.engine()
                .containers()
                .create("", Specs.run("true").log("json-file", Map.of("no", "1")).spec()));
    assertThrows(
        Unsupported.class,
        () ->
            test.engine()
                .containers()
                .create("", Specs.run("true").log("syslog", Map.of()).spec()));
    assertEquals(before, test.footprint());
  }
}
