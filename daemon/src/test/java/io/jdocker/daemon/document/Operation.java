package io.jdocker.daemon.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A line of docs/api.txt.
 *
 * @param mark N, O, S or X; see that file
 * @param name method and path, with braces where a name stands
 * @param probes what the test asks
 * @param purpose what it is
 */
record Operation(String mark, String name, List<Probe> probes, String purpose) {
  private static final Path TABLE = Path.of("../docs/api.txt");

  /**
   * A request.
   *
   * @param body empty for none
   */
  record Probe(String method, String path, String body) {
    static Probe of(String text) {
      String[] words = text.strip().split(" ", 3);
      return new Probe(words[0], words[1], words.length < 3 ? "" : words[2]);
    }

    @Override
    public String toString() {
      return (method + " " + path + " " + body).strip();
    }
  }

  static List<Operation> all() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(" \\| ", -1))
        .map(
            cells ->
                new Operation(
                    cells[0],
                    cells[1],
                    Arrays.stream(cells[2].split(";;", -1)).map(Probe::of).toList(),
                    cells[3]))
        .toList();
  }
}
