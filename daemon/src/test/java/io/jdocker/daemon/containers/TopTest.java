package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Unsupported;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopTest {
  @TempDir Path proc;

  private ProcessTable table() throws IOException {
    Files.writeString(proc.resolve("stat"), "cpu 1 2 3\nbtime 1000\n");
    Files.writeString(
        proc.resolve("passwd"),
        "root:x:0:0:root:/root:/bin/sh\nme:x:"
            + Files.getAttribute(proc, "unix:uid")
            + ":0::/:/bin/sh\n");
    Path process = Files.createDirectory(proc.resolve("42"));
    Files.writeString(
        process.resolve("stat"),
        "42 (we (i) rd) S 7 1 1 34817 1 0 0 0 0 0 6000 150 0 0 20 0 1 0 500 4096000 25 0");
    Files.write(process.resolve("cmdline"), "sleep\0a b\0".getBytes(StandardCharsets.UTF_8));
    return ProcessTable.open(proc, proc.resolve("passwd"));
  }

  @Test
  void readsWhatProcSays() throws IOException {
    ProcessRow row = table().read(42).orElseThrow();
    assertEquals(7, row.parent());
    assertEquals("pts/1", row.terminal());
    assertEquals("sleep a b", row.command());
    assertEquals("S", row.state());
    assertEquals(1005, row.started().getEpochSecond());
    assertEquals(61_500, row.cpuTime().toMillis());
    assertEquals(25 * 4096, row.residentBytes());
    assertEquals(Optional.empty(), table2().read(43));
  }

  private ProcessTable table2() throws IOException {
    return ProcessTable.open(proc, proc.resolve("passwd"));
  }

  @Test
  void columnsOfPs() throws IOException {
    ProcessRow row = table().read(42).orElseThrow();
    PsColumns full = PsColumns.parse("-ef");
    assertEquals(List.of("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD"), full.titles());
    assertEquals("00:01:01", full.of(row).get(6));
    assertEquals("sleep a b", full.of(row).get(7));
    assertEquals(List.of("42", "sleep"), PsColumns.parse("-o pid,comm").of(row));
    assertEquals(List.of("42", "sleep a b"), PsColumns.parse("-eo pid,args").of(row));
    assertTrue(PsColumns.parse("aux").titles().contains("RSS"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--forest", "-o nosuch", "-o pid,nosuch", "x"})
  void otherOptionsAreRefused(String options) {
    assertThrows(Unsupported.class, () -> PsColumns.parse(options));
  }
}
