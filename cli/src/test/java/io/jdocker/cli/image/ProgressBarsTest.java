package io.jdocker.cli.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import io.jdocker.cli.json.ApiObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bars as a terminal shows them: a small screen follows the cursor. */
class ProgressBarsTest {
  private static final int WIDE = 120;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private long nanos;

  private ProgressBars bars(int columns) {
    return new ProgressBars(out, columns, () -> nanos);
  }

  private static ApiObject report(String json) {
    return ApiObject.of(JsonParser.parseString(json));
  }

  private static ApiObject layer(String id, String status, String detail) {
    return report(
        "{\"id\":\""
            + id
            + "\",\"status\":\""
            + status
            + "\",\"progressDetail\":{"
            + detail
            + "}}");
  }

  /** What the sequences leave on a screen. */
  private List<String> screen() {
    List<String> lines = new ArrayList<>(List.of(""));
    int row = 0;
    String text = out.toString(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\u001b') {
        int end = i + 2;
        while (Character.isDigit(text.charAt(end))) {
          end++;
        }
        int count = end == i + 2 ? 1 : Integer.parseInt(text.substring(i + 2, end));
        switch (text.charAt(end)) {
          case 'A' -> row -= count;
          case 'B' -> row += count;
          case 'K' -> lines.set(row, "");
          default -> throw new AssertionError("unknown sequence at " + i);
        }
        i = end;
      } else if (c == '\n') {
        row++;
        if (row == lines.size()) {
          lines.add("");
        }
      } else if (c != '\r') {
        lines.set(row, lines.get(row) + c);
      }
    }
    return lines.subList(0, lines.size() - 1);
  }

  @Test
  void aLayerKeepsItsLine() throws IOException {
    ProgressBars bars = bars(WIDE);
    bars.show(report("{\"status\":\"Pulling from x\",\"id\":\"1\"}"));
    bars.show(layer("aaa", "Pulling fs layer", ""));
    bars.show(layer("bbb", "Pulling fs layer", ""));
    bars.show(layer("ccc", "Waiting", ""));
    bars.show(layer("aaa", "Download complete", ""));
    bars.show(layer("ccc", "Pull complete", ""));
    bars.show(layer("bbb", "Pull complete", ""));
    bars.show(report("{\"status\":\"Digest: sha256:dd\"}"));
    assertEquals(
        List.of(
            "1: Pulling from x",
            "aaa: Download complete",
            "bbb: Pull complete",
            "ccc: Pull complete",
            "Digest: sha256:dd"),
        screen());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|1000|[>                                                 ]        0B/1kB",
        "500|1000|[=========================>                        ]      500B/1kB",
        "1000|1000|[==================================================]       1kB/1kB",
        "1500|1000|     1.5kB",
        "1500|0|     1.5kB"
      })
  void barsGrow(long current, long total, String expected) throws IOException {
    bars(WIDE).show(layer("aaa", "Downloading", "\"current\":" + current + ",\"total\":" + total));
    String line = screen().get(0).replaceFirst("^aaa: Downloading ", "");
    assertEquals(expected.replaceAll(" +", " ").strip(), line.replaceAll(" +", " ").strip());
    assertEquals(expected.startsWith("[") ? 52 : 0, line.indexOf(']') + 1, "always as wide");
  }

  @Test
  void aNarrowScreenHasNumbersAlone() throws IOException {
    bars(80).show(layer("aaa", "Downloading", "\"current\":500,\"total\":1000"));
    assertEquals(List.of("aaa: Downloading     500B/1kB"), screen());
  }

  @Test
  void theTimeThatIsLeftIsToldEarlyOn() throws IOException {
    ProgressBars bars = bars(80);
    bars.show(layer("aaa", "Downloading", "\"current\":1,\"total\":1000"));
    nanos = 2_000_000_000L;
    bars.show(layer("aaa", "Downloading", "\"current\":100,\"total\":1000"));
    assertEquals(List.of("aaa: Downloading     100B/1kB 18s"), screen());
    bars.show(layer("aaa", "Downloading", "\"current\":600,\"total\":1000"));
    assertEquals(List.of("aaa: Downloading     600B/1kB"), screen());
  }

  @Test
  void whatIsPrintedBetweenStays() throws IOException {
    ProgressBars bars = bars(80);
    bars.show(layer("aaa", "Loading layer", "\"current\":1,\"total\":2"));
    bars.show(report("{\"stream\":\"Loaded image: x:1\\n\"}"));
    bars.show(layer("aaa", "Loading layer", "\"current\":2,\"total\":2"));
    assertEquals(
        List.of(
            "aaa: Loading layer       1B/2B",
            "Loaded image: x:1",
            "aaa: Loading layer       2B/2B"),
        screen());
  }
}
