package io.jdocker.daemon.refusal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A line of docs/refusals.txt: flags that create refuses.
 *
 * @param flags as a shell reads them
 * @param status the exit status of create
 * @param message the first line of what it says
 * @param teller who says so
 */
record Refusal(String flags, int status, String message, Teller teller) {
  private static final Path TABLE = Path.of("../docs/refusals.txt");
  private static final String SEPARATOR = " \\| ";

  /** Who refuses. */
  enum Teller {
    /** The command itself, without a request. */
    CLIENT,
    /** Docker's daemon and ours. */
    DAEMON,
    /** Our daemon alone, for the reason that the table gives. */
    OWN
  }

  static List<Refusal> table() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Refusal::parse)
        .toList();
  }

  private static Refusal parse(String line) {
    String[] fields = line.split(SEPARATOR, -1);
    if (fields.length != 4) {
      throw new IllegalArgumentException("not FLAGS | STATUS | MESSAGE | TELLER: " + line);
    }
    Teller teller =
        switch (fields[3].split(":", -1)[0]) {
          case "client" -> Teller.CLIENT;
          case "daemon" -> Teller.DAEMON;
          case "own" -> Teller.OWN;
          default -> throw new IllegalArgumentException("nobody tells: " + line);
        };
    int cpus = Runtime.getRuntime().availableProcessors();
    String message = fields[2].replace("N.00", cpus + ".00").replace("N CPUs", cpus + " CPUs");
    return new Refusal(fields[0], Integer.parseInt(fields[1]), message, teller);
  }

  /** The command line of docker. */
  String command() {
    return "docker create " + flags + " busybox true";
  }

  /** What the message looks like in docker's output, which says from where it has it. */
  String shown() {
    String last = Integer.toString(Runtime.getRuntime().availableProcessors() - 1);
    String text =
        message.replace(
            "available: 0-L", last.equals("0") ? "available: 0" : "available: 0-" + last);
    return teller == Teller.CLIENT ? text : "Error response from daemon: " + text;
  }

  /** True where the first line of an output says it. */
  boolean isSaidBy(String output) {
    String first = output.lines().findFirst().orElse("");
    String plain = first.startsWith("docker: ") ? first.substring("docker: ".length()) : first;
    return plain.strip().equals(shown().strip());
  }
}
