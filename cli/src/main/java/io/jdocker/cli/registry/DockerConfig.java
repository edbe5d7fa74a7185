package io.jdocker.cli.registry;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.json.ApiObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Docker's file of logins, {@code ~/.docker/config.json}, which other tools read and write, too:
 * whatever else is in it stays. Secrets lie in it in clear unless a helper is named.
 */
public final class DockerConfig {
  /** The key of Docker Hub, for historical reasons. */
  public static final String HUB = "https://index.docker.io/v1/";

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private final Path file;
  private final Map<String, String> environment;
  private final JsonObject json;

  private DockerConfig(Path file, Map<String, String> environment, JsonObject json) {
    this.file = file;
    this.environment = environment;
    this.json = json;
  }

  /** Reads the caller's; one that is not there is empty. */
  public static DockerConfig load(Map<String, String> environment) {
    Path folder =
        environment.containsKey("DOCKER_CONFIG")
            ? Path.of(environment.get("DOCKER_CONFIG"))
            : Path.of(environment.getOrDefault("HOME", "/root"), ".docker");
    Path file = folder.resolve("config.json");
    try {
      return new DockerConfig(file, environment, parse(Files.readString(file), file.toString()));
    } catch (NoSuchFileException e) {
      return new DockerConfig(file, environment, new JsonObject());
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e.getMessage());
    }
  }

  private static JsonObject parse(String text, String name) {
    try {
      JsonElement element = JsonParser.parseString(text.isBlank() ? "{}" : text);
      if (element.isJsonObject()) {
        return element.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw new CommandFailure("cannot read " + name + ": it is not valid JSON");
    }
    throw new CommandFailure("cannot read " + name + ": it is not a JSON object");
  }

  /** Where it lies. */
  public Path file() {
    return file;
  }

  /** The file's key for the registry of an image, or one typed to login. */
  public static String key(String server) {
    String host = host(server);
    return switch (host) {
      case "", "docker.io", "index.docker.io", "registry-1.docker.io" -> HUB;
      default -> host;
    };
  }

  /** Old files have addresses as keys. */
  private static String host(String server) {
    return server.strip().replaceFirst("^https?://", "").replaceFirst("/.*$", "");
  }

  /** The registry in an image's name: what stands before the first slash and looks like a host. */
  public static String registry(String image) {
    int slash = image.indexOf('/');
    String first = slash < 0 ? "" : image.substring(0, slash);
    boolean isHost =
        first.contains(".")
            || first.contains(":")
            || first.equals("localhost")
            || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
    return key(isHost ? first : "");
  }

  /** The login at a registry, by its key. */
  public Optional<Login> login(String key) {
    Optional<CredentialProgram> helper = helper(key);
    Optional<Login> found = helper.flatMap(h -> h.get(key));
    if (found.isPresent()) {
      return found;
    }
    return fromEnvironment(key).or(() -> entry(auths(), key));
  }

  /** Since docker 28.2: a file's content in a variable, for machines without a home. */
  private Optional<Login> fromEnvironment(String key) {
    String text = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
    return text.isBlank()
        ? Optional.empty()
        : entry(ApiObject.of(parse(text, "DOCKER_AUTH_CONFIG")).object("auths"), key);
  }

  private ApiObject auths() {
    return ApiObject.of(json).object("auths");
  }

  private static Optional<Login> entry(ApiObject auths, String key) {
    String exact =
        auths.has(key)
            ? key
            : auths.names().stream().filter(n -> key(n).equals(key)).findFirst().orElse("");
    return exact.isEmpty() ? Optional.empty() : read(key, auths.object(exact));
  }

  private static Optional<Login> read(String key, ApiObject entry) {
    String user = entry.text("username");
    String secret = entry.text("password");
    if (entry.has("auth") && !entry.text("auth").isEmpty()) {
      String pair;
      try {
        pair =
            new String(
                Base64.getDecoder().decode(entry.text("auth").strip()), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new CommandFailure("the login at " + key + " in docker's config.json is damaged");
      }
      // A password may have colons, a name may not.
      int colon = pair.indexOf(':');
      if (colon > 0) {
        user = pair.substring(0, colon);
        secret = pair.substring(colon + 1).replaceAll("\0+$", "");
      }
    }
    Login login =
        new Login(key, user, secret, entry.text("identitytoken"), entry.text("registrytoken"));
    boolean empty = login.equals(Login.password(key, "", ""));
    return empty ? Optional.empty() : Optional.of(login);
  }

  private Optional<CredentialProgram> helper(String key) {
    ApiObject config = ApiObject.of(json);
    String own = config.object("credHelpers").text(key.equals(HUB) ? "docker.io" : key);
    String any = own.isEmpty() ? config.object("credHelpers").text(key) : own;
    String name = any.isEmpty() ? config.text("credsStore") : any;
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new CredentialProgram(name, environment));
  }

  /**
   * Keeps a login, with the helper where there is one.
   *
   * @return whether the secret now lies in the file in clear
   */
  public boolean store(Login login) {
    Optional<CredentialProgram> helper = helper(login.server());
    JsonObject entry = new JsonObject();
    if (helper.isPresent()) {
      helper.get().store(login);
    } else {
      String pair = login.user() + ":" + login.secret();
      entry.addProperty(
          "auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      if (!login.identityToken().isEmpty()) {
        entry.addProperty("identitytoken", login.identityToken());
      }
    }
    if (!json.has("auths")) {
      json.add("auths", new JsonObject());
    }
    json.getAsJsonObject("auths").add(login.server(), entry);
    save();
    return helper.isEmpty();
  }

  /**
   * Forgets a login.
   *
   * @return whether there was one
   */
  public boolean erase(String key) {
    helper(key).ifPresent(helper -> helper.erase(key));
    boolean known = false;
    for (String name : auths().names()) {
      if (key(name).equals(key)) {
        json.getAsJsonObject("auths").remove(name);
        known = true;
      }
    }
    if (known) {
      save();
    }
    return known;
  }

  private void save() {
    try {
      Files.createDirectories(file.getParent());
      // A link stays one: many keep this file elsewhere.
      Path target = Files.exists(file) ? file.toRealPath() : file;
      Path draft =
          Files.createTempFile(
              target.getParent(),
              "config",
              ".json",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, GSON.toJson(json) + "\n");
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + file + ": " + e.getMessage());
    }
  }
}
