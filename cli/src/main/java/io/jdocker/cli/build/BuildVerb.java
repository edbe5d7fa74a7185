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
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.terminal.ScreenWidth;
import io.jdocker.cli.terminal.StandardStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
            BuildFlags.table())
        .alsoCalled("image build", "build", "builder build");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String progress = line.text("progress");
    if (!List.of("", "auto", "plain", "tty", "rawjson").contains(progress)) {
      throw new CommandFailure(
          "invalid progress mode " + progress + ": auto, plain, tty or rawjson");
    }
    line.list("tag").forEach(ImageName::check);
    BuildDestination destination = BuildDestination.of(line.list("output"));
    Query query = query(line, session).with("jdocker-export", destination.form());
    if (!destination.name().isEmpty()) {
      ImageName.check(destination.name());
      query.with("t", destination.name());
    }
    String context = line.argument(0);
    if (context.startsWith("http://") || context.startsWith("https://")) {
      throw new CommandFailure("a context by its address is not supported: " + context);
    }
    BuildDisplay display = display(line, session, destination);
    try (Response response = send(line, session, query, context)) {
      return print(session, response, line, display, destination);
    }
  }

  /** On a terminal steps are redrawn in place, unless something else is asked for. */
  private static BuildDisplay display(Parsed line, Session session, BuildDestination destination) {
    String progress = line.text("progress");
    OutputStream out = destination.isStandard() ? session.console().err() : session.console().out();
    int stream = destination.isStandard() ? 2 : 1;
    boolean terminal = StandardStream.isTerminal(stream);
    if (progress.equals("rawjson")) {
      return new BuildSteps(new JsonSteps(out, Clock.systemUTC()));
    }
    boolean auto = progress.isEmpty() || progress.equals("auto");
    if (line.isSet("quiet") || progress.equals("plain") || (auto && !terminal)) {
      return text -> {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
      };
    }
    return new BuildSteps(new TerminalSteps(out, ScreenWidth.of(stream), System::nanoTime));
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

  private static int print(
      Session session,
      Response response,
      Parsed line,
      BuildDisplay display,
      BuildDestination destination)
      throws IOException {
    JsonLines lines = new JsonLines(response.body());
    String id = "";
    Optional<ApiObject> next = lines.next();
    while (next.isPresent()) {
      ApiObject report = next.get();
      if (report.has("error")) {
        display.fail(report.text("error"));
        int code = (int) report.object("errorDetail").number("code");
        throw new CommandFailure(report.text("error"), code == 0 ? 1 : code);
      }
      if (ExportStream.begins(report)) {
        ExportStream exported = new ExportStream(report, lines);
        destination.receive(exported, session.console());
        next = exported.rest();
        continue;
      }
      String text = report.text("stream");
      if (line.isSet("quiet")) {
        id = text.strip();
      } else if (report.has("aux")) {
        id = report.object("aux").text("ID");
      }
      display.text(text);
      next = lines.next();
    }
    display.end();
    if (id.isEmpty()) {
      throw new CommandFailure("the daemon ended the build without an image");
    }
    if (line.has("iidfile")) {
      Files.writeString(Path.of(line.text("iidfile")), id);
    }
    return 0;
  }
}
