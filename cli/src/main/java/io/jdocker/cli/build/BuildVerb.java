package io.jdocker.cli.build;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Request;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.image.ImageName;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonLines;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code jdocker build}. */
public final class BuildVerb implements Verb {
  private static final int BUFFER = 1 << 16;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "build",
            "[OPTIONS] PATH | URL | -",
            "Build an image from a Dockerfile",
            ArgumentCount.exactly(1),
            new FlagTable()
                .add(FlagKind.LIST, "add-host", "Add a custom host-to-IP mapping (\"host:ip\")")
                .add(FlagKind.LIST, "build-arg", "Set build-time variables")
                .add(FlagKind.LIST, "build-context", "Additional build contexts (e.g., name=path)")
                .add(
                    FlagKind.BOOL,
                    "explain-cache",
                    "Say of each step that is run why the cache does not fit")
                .add(
                    FlagKind.STRING,
                    'f',
                    "file",
                    "Name of the Dockerfile (Default is \"PATH/Dockerfile\")")
                .add(FlagKind.BOOL, "force-rm", "Always remove intermediate containers")
                .add(FlagKind.STRING, "iidfile", "Write the image ID to the file")
                .add(FlagKind.LIST, "label", "Set metadata for an image")
                .add(
                    FlagKind.STRING,
                    "network",
                    "Set the networking mode for the RUN instructions during build")
                .add(FlagKind.BOOL, "no-cache", "Do not use cache when building the image")
                .add(
                    FlagKind.STRING, "platform", "Set platform if server is multi-platform capable")
                .add(
                    FlagKind.STRING,
                    "progress",
                    "Set type of progress output (\"auto\", \"plain\"): both are plain here")
                .add(FlagKind.BOOL, "pull", "Always attempt to pull a newer version of the image")
                .add(
                    FlagKind.BOOL,
                    'q',
                    "quiet",
                    "Suppress the build output and print image ID on success")
                .add(
                    FlagKind.BOOL,
                    Flag.NO_SHORTHAND,
                    "rm",
                    "Remove intermediate containers after a successful build",
                    "true")
                .add(
                    FlagKind.LIST,
                    "secret",
                    "Secret to expose to the build (format: \"id=mysecret[,src=/local/secret]\")")
                .add(FlagKind.BYTES, "shm-size", "Size of \"/dev/shm\"")
                .add(
                    FlagKind.LIST,
                    "ssh",
                    "SSH agent socket to expose to the build (format: \"default|<id>=<socket>\")")
                .add(
                    FlagKind.LIST,
                    't',
                    "tag",
                    "Name and optionally a tag in the \"name:tag\" format")
                .add(FlagKind.STRING, "target", "Set the target build stage to build."))
        .alsoCalled("image build", "build", "builder build");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String progress = line.text("progress");
    if (!List.of("", "auto", "plain").contains(progress)) {
      throw new CommandFailure("invalid progress mode " + progress + ": auto or plain");
    }
    line.list("tag").forEach(ImageName::check);
    Query query = query(line, session);
    String context = line.argument(0);
    if (context.startsWith("http://") || context.startsWith("https://")) {
      throw new CommandFailure("a context by its address is not supported: " + context);
    }
    try (Response response = send(line, session, query, context)) {
      return print(session, response, line);
    }
  }

  private static Response send(Parsed line, Session session, Query query, String context)
      throws IOException {
    String file = line.text("file");
    BuildInputs inputs = BuildInputs.of(line, session);
    if (context.equals("-")) {
      query.with("dockerfile", file);
      if (inputs.hasTrees()) {
        throw new CommandFailure("a folder as --build-context needs a folder as context, too");
      }
      return upload(session, query, inputs, StandardContext.of(session.console().in()));
    }
    BuildContext folder = BuildContext.of(context, file, session.console().in());
    query.with("dockerfile", folder.dockerfile());
    return upload(
        session, query, inputs, inputs.hasTrees() ? inputs.with(folder) : folder::writeTo);
  }

  private static Response upload(
      Session session, Query query, BuildInputs inputs, Request.Source plain) throws IOException {
    Request.Source context = inputs.isEmpty() ? plain : inputs.before(plain);
    return session
        .api()
        .upload(
            query,
            inputs.isEmpty() ? "application/x-tar" : BuildInputs.TYPE,
            out -> {
              BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
              context.writeTo(buffered);
              buffered.flush();
            });
  }

  private static Query query(Parsed line, Session session) {
    Query query =
        Query.of("/build")
            .with("version", "1")
            .with("target", line.text("target"))
            .with("networkmode", line.text("network"))
            .with("platform", line.text("platform"))
            .with("extrahosts", String.join(",", line.list("add-host")))
            .with("shmsize", line.bytes("shm-size") == 0 ? "" : "" + line.bytes("shm-size"))
            .when(line.isSet("no-cache"), "nocache")
            .when(line.isSet("pull"), "pull")
            .when(line.isSet("quiet"), "q")
            .when(line.isSet("explain-cache"), "jdocker-explain-cache");
    line.list("tag").forEach(tag -> query.with("t", tag));
    JsonObject arguments = new JsonObject();
    for (String argument : line.list("build-arg")) {
      int equals = argument.indexOf('=');
      if (equals >= 0) {
        arguments.addProperty(argument.substring(0, equals), argument.substring(equals + 1));
      } else {
        Optional<String> own = session.environment(argument);
        own.ifPresentOrElse(
            value -> arguments.addProperty(argument, value),
            () -> arguments.add(argument, JsonNull.INSTANCE));
      }
    }
    JsonObject labels = new JsonObject();
    for (String label : line.list("label")) {
      int equals = label.indexOf('=');
      labels.addProperty(
          equals < 0 ? label : label.substring(0, equals),
          equals < 0 ? "" : label.substring(equals + 1));
    }
    return query
        .with("buildargs", arguments.size() == 0 ? "" : arguments.toString())
        .with("labels", labels.size() == 0 ? "" : labels.toString());
  }

  private static int print(Session session, Response response, Parsed line) throws IOException {
    JsonLines lines = new JsonLines(response.body());
    String id = "";
    for (Optional<ApiObject> next = lines.next(); next.isPresent(); next = lines.next()) {
      ApiObject report = next.get();
      if (report.has("error")) {
        int code = (int) report.object("errorDetail").number("code");
        throw new CommandFailure(report.text("error"), code == 0 ? 1 : code);
      }
      String text = report.text("stream");
      if (line.isSet("quiet")) {
        id = text.strip();
      } else if (report.has("aux")) {
        id = report.object("aux").text("ID");
      }
      session.console().print(text);
    }
    if (id.isEmpty()) {
      throw new CommandFailure("the daemon ended the build without an image");
    }
    if (line.has("iidfile")) {
      Files.writeString(Path.of(line.text("iidfile")), id);
    }
    return 0;
  }
}
