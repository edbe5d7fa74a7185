package io.jdocker.cli.build;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An object a line, with the fields of BuildKit's {@code --progress rawjson}: {@code vertexes} that
 * begin and end, and {@code logs} of what they print.
 */
final class JsonSteps implements BuildSteps.Listener {
  private final OutputStream out;
  private final Clock clock;
  private Instant started = Instant.EPOCH;

  JsonSteps(OutputStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void begin(BuildSteps.Step step) throws IOException {
    started = clock.instant();
    write("vertexes", vertex(step, false, Optional.empty()));
  }

  @Override
  public void line(BuildSteps.Step step, String line) throws IOException {
    JsonObject log = new JsonObject();
    log.addProperty("vertex", digest(step));
    log.addProperty("stream", 1);
    byte[] data = (line + "\n").getBytes(StandardCharsets.UTF_8);
    log.addProperty("data", Base64.getEncoder().encodeToString(data));
    log.addProperty("timestamp", clock.instant().toString());
    write("logs", log);
  }

  @Override
  public void end(BuildSteps.Step step, boolean cached) throws IOException {
    write("vertexes", vertex(step, cached, Optional.of(clock.instant())));
  }

  @Override
  public void message(String line) throws IOException {
    JsonObject warning = new JsonObject();
    warning.addProperty(
        "short", Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.UTF_8)));
    write("warnings", warning);
  }

  @Override
  public void fail(BuildSteps.Step step, String message) throws IOException {
    JsonObject vertex = vertex(step, false, Optional.of(clock.instant()));
    vertex.addProperty("error", message);
    write("vertexes", vertex);
  }

  private JsonObject vertex(BuildSteps.Step step, boolean cached, Optional<Instant> completed) {
    JsonObject vertex = new JsonObject();
    vertex.addProperty("digest", digest(step));
    vertex.addProperty("name", step.label());
    vertex.addProperty("started", started.toString());
    completed.ifPresent(end -> vertex.addProperty("completed", end.toString()));
    if (cached) {
      vertex.addProperty("cached", true);
    }
    return vertex;
  }

  private static String digest(BuildSteps.Step step) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(step.label().getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private void write(String kind, JsonObject object) throws IOException {
    JsonArray array = new JsonArray();
    array.add(object);
    JsonObject status = new JsonObject();
    status.add(kind, array);
    out.write((status + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
