package io.jdocker.daemon.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that a machine reads, and lines that a person reads. */
class LineFormatterTest {
  private static LogRecord record(Level level, String text) {
    LogRecord record = new LogRecord(level, text);
    record.setInstant(Instant.parse("2026-01-02T03:04:05.123456789Z"));
    return record;
  }

  @ParameterizedTest
  @CsvSource({"SEVERE, error", "WARNING, warning", "INFO, info", "FINE, debug", "FINEST, debug"})
  void levelsAreDockers(String level, String word) {
    assertEquals(
        "time=\"2026-01-02T03:04:05.123456Z\" level=" + word + " msg=\"it \\\"is\\\" so\"\n",
        new LineFormatter(false, false).format(record(Level.parse(level), "it \"is\" so")));
  }

  @Test
  void anythingIsOneLineOfJson() {
    String text = "two\nlines \"quoted\" \u0000 é";
    LogRecord record = record(Level.WARNING, text);
    record.setThrown(new IOException("disk\nfull"));
    String line = new LineFormatter(true, false).format(record);
    assertEquals(1, line.lines().count());
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    assertEquals(text, json.get("msg").getAsString());
    assertEquals("java.io.IOException: disk\nfull", json.get("error").getAsString());
    assertFalse(json.has("stack"));
  }

  @Test
  void stackTracesAreForDebugging() {
    LogRecord record = record(Level.SEVERE, "broken");
    record.setThrown(new IllegalStateException("outer", new IOException("inner")));
    String line = new LineFormatter(false, true).format(record);
    assertTrue(line.contains("caused by java.io.IOException: inner"), line);
    assertTrue(line.contains("LineFormatterTest.stackTracesAreForDebugging"), line);
    assertEquals(1, line.lines().count());
  }
}
