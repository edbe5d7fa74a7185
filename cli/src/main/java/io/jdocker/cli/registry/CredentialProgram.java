package io.jdocker.cli.registry;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.json.ApiObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that keeps secrets, {@code docker-credential-NAME}: told by its argument what to do, by
 * its standard input for whom.
 */
final class CredentialProgram {
  private static final String PREFIX = "docker-credential-";
  private static final String TOKEN_USER = "<token>";
  private static final int LONGEST_SECONDS = 60;

  private final String name;
  private final Map<String, String> environment;

  /** What it said and how it ended. */
  private record Outcome(int status, String output) {}

  CredentialProgram(String name, Map<String, String> environment) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new CommandFailure("invalid name of a credential helper: " + name);
    }
    this.name = PREFIX + name;
    this.environment = environment;
  }

  /** The login at a server; empty when it has none, or is not installed. */
  Optional<Login> get(String server) {
    Outcome outcome;
    try {
      outcome = run("get", server);
    } catch (IOException e) {
      // Public images can be pulled without it, as by docker.
      return Optional.empty();
    }
    if (outcome.status() != 0) {
      return Optional.empty();
    }
    ApiObject found = parse(outcome.output());
    String user = found.text("Username");
    String secret = found.text("Secret");
    return Optional.of(
        user.equals(TOKEN_USER)
            ? new Login(server, "", "", secret, "")
            : Login.password(server, user, secret));
  }

  private ApiObject parse(String output) {
    try {
      JsonElement answer = JsonParser.parseString(output);
      if (answer.isJsonObject()) {
        return ApiObject.of(answer);
      }
    } catch (JsonParseException e) {
      throw new CommandFailure(name + " answered with something that is not JSON");
    }
    throw new CommandFailure(name + " answered with something that is no JSON object");
  }

  /** Keeps a login. */
  void store(Login login) {
    boolean token = !login.identityToken().isEmpty();
    JsonObject document = new JsonObject();
    document.addProperty("ServerURL", login.server());
    document.addProperty("Username", token ? TOKEN_USER : login.user());
    document.addProperty("Secret", token ? login.identityToken() : login.secret());
    demand("store", document.toString());
  }

  /** Forgets one; one it has not is none to forget. */
  void erase(String server) {
    try {
      run("erase", server);
    } catch (IOException e) {
      throw new CommandFailure("cannot run " + name + ": " + e.getMessage());
    }
  }

  private void demand(String action, String input) {
    Outcome outcome;
    try {
      outcome = run(action, input);
    } catch (IOException e) {
      throw new CommandFailure("cannot run " + name + ": " + e.getMessage());
    }
    if (outcome.status() != 0) {
      throw new CommandFailure(
          "error storing credentials - err: exit status "
              + outcome.status()
              + ", out: `"
              + outcome.output().strip()
              + "`");
    }
  }

  private Outcome run(String action, String input) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(program().toString(), action)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It did not care to read: its answer and status say whether that is right.
      return outcome(process);
    }
    return outcome(process);
  }

  /** By the caller's PATH, not by that of this JVM. */
  private Path program() throws IOException {
    for (String folder : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isExecutable(file) && !Files.isDirectory(file)) {
        return file.toAbsolutePath();
      }
    }
    throw new IOException("executable file not found in $PATH");
  }

  private Outcome outcome(Process process) throws IOException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(name + " did not end");
      }
      return new Outcome(process.exitValue(), output);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name + " runs", e);
    }
  }
}
