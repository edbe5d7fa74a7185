package io.jdocker.cli.container;

import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.container.request.ContainerRequest;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.stream.Attachment;
import io.jdocker.cli.stream.DetachKeys;
import io.jdocker.cli.terminal.StandardStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code jdocker exec}: one more process in a running container. */
public final class ExecVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "exec",
            "[OPTIONS] CONTAINER COMMAND [ARG...]",
            "Execute a command in a running container",
            ArgumentCount.atLeast(2),
            new FlagTable()
                .add(FlagKind.BOOL, 'd', "detach", "Detached mode: run command in the background")
                .add(
                    FlagKind.STRING,
                    "detach-keys",
                    "Override the key sequence for detaching a container")
                .add(FlagKind.LIST, 'e', "env", "Set environment variables")
                .add(FlagKind.LIST, "env-file", "Read in a file of environment variables")
                .add(FlagKind.BOOL, 'i', "interactive", "Keep STDIN open even if not attached")
                .add(FlagKind.BOOL, "privileged", "Give extended privileges to the command")
                .add(FlagKind.BOOL, 't', "tty", "Allocate a pseudo-TTY")
                .add(
                    FlagKind.STRING,
                    'u',
                    "user",
                    "Username or UID (format: \"<name|uid>[:<group|gid>]\")")
                .add(FlagKind.STRING, 'w', "workdir", "Working directory inside the container"))
        .alsoCalled("container exec", "exec")
        .stoppingAtArgument();
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean detached = line.isSet("detach");
    boolean isTty = line.isSet("tty");
    boolean input = line.isSet("interactive") && !detached;
    if (isTty && input && !StandardStream.isTerminal(0)) {
      throw new CommandFailure("the input device is not a TTY");
    }
    ApiClient api = session.api();
    // Refuses an unknown container before its exec is made, as docker does.
    api.get(ContainerPaths.of(line.argument(0), "json"));
    String id =
        ApiObject.of(
                api.post(
                    ContainerPaths.of(line.argument(0), "exec"),
                    settings(line, session, detached, input)))
            .text("Id");
    JsonObject start = new JsonBody().flag("Detach", detached).flag("Tty", isTty).build();
    if (detached) {
      api.post(Query.of("/exec/", id, "/start"), start);
      return 0;
    }
    return attached(line, session, id, start, input);
  }

  private static JsonObject settings(
      Parsed line, Session session, boolean detached, boolean input) {
    List<String> words = line.arguments();
    JsonObject settings =
        new JsonBody()
            .text("User", line.text("user"))
            .flag("Privileged", line.isSet("privileged"))
            .flag("Tty", line.isSet("tty"))
            .flag("AttachStdin", input)
            .flag("AttachStdout", !detached)
            .flag("AttachStderr", !detached)
            .flag("Detach", detached)
            .text("DetachKeys", line.text("detach-keys"))
            .texts(
                "Env",
                ContainerRequest.variables(
                    line.list("env-file"), line.list("env"), session.environment()))
            .text("WorkingDir", line.text("workdir"))
            .texts("Cmd", words.subList(1, words.size()))
            .build();
    if (line.isSet("tty") && !detached) {
      TerminalGuard.addConsoleSize(settings);
    }
    return settings;
  }

  private static int attached(
      Parsed line, Session session, String id, JsonObject start, boolean input) throws IOException {
    boolean isTty = line.isSet("tty");
    ApiClient api = session.api();
    DetachKeys keys = DetachKeys.orDefault(line.text("detach-keys"));
    Optional<TerminalGuard> terminal =
        isTty ? Optional.of(new TerminalGuard(input)) : Optional.empty();
    Query path = Query.of("/exec/", id, "/start");
    try (Attachment attachment =
        new Attachment(api.another().hijack(path, start.toString()), session.console(), isTty)) {
      terminal.ifPresent(TerminalGuard::enter);
      attachment.start(input, keys);
      if (terminal.isPresent()) {
        terminal.get().follow(api, Query.of("/exec/", id, "/resize"));
      }
      if (attachment.await() == Attachment.End.DETACHED) {
        terminal.ifPresent(TerminalGuard::close);
        session.console().error("read escape sequence");
        return 0;
      }
    } finally {
      terminal.ifPresent(TerminalGuard::close);
    }
    ApiObject ended = ApiObject.of(api.get(Query.of("/exec/", id, "/json")));
    return Math.toIntExact(ended.number("ExitCode"));
  }
}
