package io.jdocker.images;

import com.google.gson.JsonObject;
import io.jdocker.images.ImageConfig.HistoryEntry;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;

/**
 * Reads an image's configuration (OCI image-spec config.md with Docker's additions). The bytes stay
 * what the store keeps, so that fields unknown here survive.
 */
final class ConfigReader {
  private ConfigReader() {}

  static ImageConfig read(byte[] content) {
    JsonDocument document = JsonDocument.parse("image configuration", content);
    // CVE-2021-41190: a manifest in the place of a configuration.
    if (document.has("layers") || document.has("manifests")) {
      throw new InvalidArgument("image configuration is a manifest, not a configuration");
    }
    JsonDocument rootfs =
        document
            .document("rootfs")
            .orElseThrow(() -> new InvalidArgument("image configuration has no rootfs"));
    List<HistoryEntry> history =
        document.documents("history").stream().map(ConfigReader::history).toList();
    JsonDocument run =
        document.document("config").orElseGet(() -> new JsonDocument("config", new JsonObject()));
    return new ImageConfig(
        run.text("User"),
        run.keys("ExposedPorts"),
        run.texts("Env"),
        run.texts("Entrypoint"),
        run.texts("Cmd"),
        run.keys("Volumes"),
        run.text("WorkingDir"),
        run.map("Labels"),
        run.text("StopSignal"),
        run.integer("StopTimeout"),
        run.document("Healthcheck").map(ConfigReader::healthcheck),
        run.texts("Shell"),
        run.texts("OnBuild"),
        run.flag("ArgsEscaped"),
        document.text("os"),
        document.text("architecture"),
        document.text("variant"),
        document.text("os.version"),
        document.text("author"),
        document.text("comment"),
        document.text("docker_version"),
        document.time("created"),
        rootfs.texts("diff_ids").stream().map(Digest::parse).toList(),
        history);
  }

  private static HistoryEntry history(JsonDocument entry) {
    return new HistoryEntry(
        entry.time("created"),
        entry.text("created_by"),
        entry.text("author"),
        entry.text("comment"),
        entry.flag("empty_layer"));
  }

  private static Healthcheck healthcheck(JsonDocument check) {
    return new Healthcheck(
        check.texts("Test"),
        check.number("Interval").orElse(0L),
        check.number("Timeout").orElse(0L),
        check.number("StartPeriod").orElse(0L),
        check.number("StartInterval").orElse(0L),
        check.integer("Retries").orElse(0));
  }
}
