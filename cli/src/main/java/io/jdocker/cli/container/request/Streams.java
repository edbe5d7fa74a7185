package io.jdocker.cli.container.request;

import io.jdocker.cli.option.Parsed;
import java.util.Locale;

/** Which of the container's streams the client takes part in. */
public record Streams(boolean in, boolean out, boolean err) {

  /** As the flags say: {@code -a} lists them, else all of them save with {@code -d}. */
  static Streams of(Parsed line, boolean detached) {
    if (line.list("attach").isEmpty()) {
      return new Streams(line.isSet("interactive") && !detached, !detached, !detached);
    }
    boolean in = false;
    boolean out = false;
    boolean err = false;
    for (String stream : line.list("attach")) {
      switch (stream.toLowerCase(Locale.ROOT)) {
        case "stdin" -> in = true;
        case "stdout" -> out = true;
        case "stderr" -> err = true;
        default ->
            throw Refusal.ofArgument(
                stream, "-a, --attach", "valid streams are STDIN, STDOUT and STDERR");
      }
    }
    return new Streams(in, out, err);
  }

  public boolean any() {
    return in || out || err;
  }
}
