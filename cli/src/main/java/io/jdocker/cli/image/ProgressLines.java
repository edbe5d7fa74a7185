package io.jdocker.cli.image;

import io.jdocker.cli.json.ApiObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One line a report, for files and pipes; how many bytes there are by now is left out. */
final class ProgressLines implements ProgressDisplay {
  private final OutputStream out;

  ProgressLines(OutputStream out) {
    this.out = out;
  }

  @Override
  public void show(ApiObject report) throws IOException {
    String text = text(report);
    if (!text.isEmpty()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  private static String text(ApiObject report) {
    if (report.has("stream")) {
      return report.text("stream");
    }
    if (report.object("progressDetail").has("current") || report.text("status").isEmpty()) {
      return "";
    }
    String id = report.text("id");
    return (id.isEmpty() ? "" : id + ": ") + report.text("status") + "\n";
  }
}
