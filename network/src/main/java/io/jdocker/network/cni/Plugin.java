package io.jdocker.network.cni;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a plugin: it is told what to do by its environment, and the configuration by its input. */
final class Plugin {
  private static final int PATIENCE_SECONDS = 60;
  private static final int LONGEST_QUOTE = 300;

  private final List<Path> folders;

  Plugin(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * One call.
   *
   * @param command ADD, DEL or CHECK
   * @return what it printed; an empty object for nothing
   */
  JsonObject call(String command, CniState state, JsonObject configuration) {
    String type = PluginList.type(configuration);
    String what = "CNI plugin " + type + " (" + command + ")";
    ProcessBuilder builder = new ProcessBuilder(find(type).toString());
    builder.environment().put("CNI_COMMAND", command);
    builder.environment().put("CNI_CONTAINERID", state.containerId());
    builder.environment().put("CNI_NETNS", state.namespace());
    builder.environment().put("CNI_IFNAME", state.link());
    builder.environment().put("CNI_PATH", path());
    Path output = null;
    try {
      // A file and no pipe: what outlives a plugin may hold a pipe open for ever.
      output = Files.createTempFile("jdocker-cni", ".json");
      builder.redirectOutput(output.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
      int status = run(builder, configuration.toString(), what);
      return answer(what, status, Files.readString(output));
    } catch (IOException e) {
      throw new SystemFailure("cannot run " + what + ": " + e.getMessage(), e);
    } finally {
      delete(output);
    }
  }

  private static int run(ProcessBuilder builder, String input, String what) throws IOException {
    Process process = builder.start();
    try {
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException endedBeforeItRead) {
        // Its status says why.
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new SystemFailure(what + " did not end within " + PATIENCE_SECONDS + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SystemFailure("interrupted while " + what + " ran", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new SystemFailure("cannot delete " + file + ": " + e.getMessage(), e);
    }
  }

  private static JsonObject answer(String what, int status, String text) {
    JsonObject answer;
    try {
      answer = text.isBlank() ? new JsonObject() : JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new SystemFailure(
          what + " ended with " + status + " and printed what is no JSON object: " + quote(text),
          e);
    }
    if (status != 0) {
      String message = answer.has("msg") ? member(answer, "msg") : "it says nothing more";
      String details = answer.has("details") ? ": " + member(answer, "details") : "";
      throw new SystemFailure(what + " failed with " + status + ": " + message + details);
    }
    return answer;
  }

  private static String member(JsonObject answer, String name) {
    return answer.get(name).isJsonPrimitive() ? answer.get(name).getAsString() : "";
  }

  private static String quote(String text) {
    String line = text.strip();
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
  }

  /** The folders as in the variable PATH, for plugins that call others. */
  private String path() {
    return folders.stream().map(Path::toString).collect(Collectors.joining(":"));
  }

  /** Finds the program of a plugin. */
  Path find(String type) {
    return folders.stream()
        .map(folder -> folder.resolve(type))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new Unavailable(
                    "CNI plugin "
                        + type
                        + " was not found in "
                        + path()
                        + ": install it (Debian: containernetworking-plugins) or name its folder"
                        + " with -o bin-dir="));
  }
}
