package io.jdocker.cli.build;

import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.copy.LocalTree;
import io.jdocker.cli.http.Request;
import io.jdocker.cli.option.Parsed;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a build is given beside its context: {@code --secret}, {@code --ssh} and {@code
 * --build-context}. It goes to the engine as a JSON document before the context.
 */
final class BuildInputs {
  /** Media type of a context that a document comes before. */
  static final String TYPE = "application/vnd.jdocker.build";

  private static final int LARGEST_SECRET = 500 << 10;
  private static final String MAIN = "main";
  private static final String IMAGE = "docker-image://";

  private final JsonObject document = new JsonObject();
  private final Map<String, Path> folders = new LinkedHashMap<>();

  private BuildInputs() {}

  static BuildInputs of(Parsed line, Session session) throws IOException {
    BuildInputs inputs = new BuildInputs();
    for (String secret : line.list("secret")) {
      inputs.addSecret(secret, session);
    }
    for (String agent : line.list("ssh")) {
      inputs.addAgent(agent, session);
    }
    for (String context : line.list("build-context")) {
      inputs.addContext(context);
    }
    if (!inputs.folders.isEmpty()) {
      inputs.document.addProperty("contextFolder", MAIN);
    }
    return inputs;
  }

  /** Whether there is nothing to send but the context. */
  boolean isEmpty() {
    return document.size() == 0;
  }

  /** Whether more trees go along in the archive of the context. */
  boolean hasTrees() {
    return !folders.isEmpty();
  }

  /** The document, and then that context. */
  Request.Source before(Request.Source context) {
    return out -> {
      byte[] text = document.toString().getBytes(StandardCharsets.UTF_8);
      new DataOutputStream(out).writeInt(text.length);
      out.write(text);
      context.writeTo(out);
    };
  }

  /** The main context and the others, as one archive. */
  Request.Source with(BuildContext main) {
    return out -> {
      LocalTree tree = new LocalTree(out);
      main.addTo(tree, MAIN + "/");
      for (Map.Entry<String, Path> folder : folders.entrySet()) {
        tree.add(folder.getValue(), folder.getKey(), name -> true);
      }
      tree.finish();
    };
  }

  private JsonObject part(String name) {
    if (!document.has(name)) {
      document.add(name, new JsonObject());
    }
    return document.getAsJsonObject(name);
  }

  /** {@code id=ID[,src=FILE|,env=NAME]}; without either, the variable or file of that name. */
  private void addSecret(String text, Session session) throws IOException {
    Map<String, String> fields = fields("secret", text);
    String source = fields.getOrDefault("src", fields.getOrDefault("source", ""));
    String variable = fields.getOrDefault("env", "");
    String type = fields.getOrDefault("type", "");
    String id = fields.getOrDefault("id", source);
    if (id.isEmpty() || (!type.isEmpty() && !type.equals("file") && !type.equals("env"))) {
      throw new CommandFailure(
          "invalid secret \"" + text + "\": it is id=ID,src=FILE or id=ID,env=VARIABLE");
    }
    if (type.equals("env") && variable.isEmpty()) {
      variable = source.isEmpty() ? id : source;
      source = "";
    }
    Optional<String> own = session.environment(variable.isEmpty() ? id : variable);
    byte[] content;
    if (!variable.isEmpty() || (source.isEmpty() && type.isEmpty() && own.isPresent())) {
      content = own.orElse("").getBytes(StandardCharsets.UTF_8);
    } else {
      content = read(id, Path.of(source.isEmpty() ? id : source));
    }
    if (content.length > LARGEST_SECRET) {
      throw new CommandFailure("secret " + id + ": larger than 500 KiB");
    }
    part("secrets").addProperty(id, Base64.getEncoder().encodeToString(content));
  }

  private static byte[] read(String id, Path file) throws IOException {
    if (Files.isDirectory(file) || !Files.isReadable(file)) {
      throw new CommandFailure("failed to stat " + file + ": secret " + id + " is no file");
    }
    return Files.readAllBytes(file);
  }

  /** {@code default} or {@code ID=SOCKET}. */
  private void addAgent(String text, Session session) {
    int equals = text.indexOf('=');
    String id = equals < 0 ? text : text.substring(0, equals);
    String path =
        equals < 0 ? session.environment("SSH_AUTH_SOCK").orElse("") : text.substring(equals + 1);
    if (path.isEmpty()) {
      throw new CommandFailure(
          "invalid empty ssh agent socket: SSH_AUTH_SOCK is not set; start an agent, or name"
              + " its socket: --ssh "
              + id
              + "=SOCKET");
    }
    Path socket = Path.of(path).toAbsolutePath();
    if (Files.isRegularFile(socket)) {
      throw new CommandFailure(
          "a key as a file is not supported: add " + path + " to an ssh agent and name its socket");
    }
    if (!Files.exists(socket)) {
      throw new CommandFailure("could not find ssh agent socket " + path);
    }
    part("agents").addProperty(id, socket.toString());
  }

  /** {@code NAME=FOLDER} or {@code NAME=docker-image://IMAGE}. */
  private void addContext(String text) throws IOException {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new CommandFailure("invalid context value: " + text + ", expected key=value");
    }
    String name = text.substring(0, equals);
    String value = text.substring(equals + 1);
    JsonObject context = new JsonObject();
    if (value.startsWith(IMAGE)) {
      context.addProperty("image", value.substring(IMAGE.length()));
    } else if (value.contains("://")) {
      throw new CommandFailure(
          "the build context " + name + " is neither a folder nor docker-image://: " + value);
    } else if (!Files.isDirectory(Path.of(value))) {
      throw new CommandFailure("failed to get build context " + name + ": " + value + " not found");
    } else {
      String folder = "contexts" + folders.size();
      folders.put(folder, Path.of(value).toRealPath());
      context.addProperty("folder", folder);
    }
    part("contexts").add(name, context);
  }

  private static Map<String, String> fields(String flag, String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : text.split(",", -1)) {
      int equals = field.indexOf('=');
      if (equals <= 0) {
        throw new CommandFailure("invalid field '" + field + "' of --" + flag + ": not key=value");
      }
      fields.put(field.substring(0, equals), field.substring(equals + 1));
    }
    return fields;
  }
}
