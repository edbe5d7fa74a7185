package io.jdocker.cli.registry;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code jdocker login}: proves a login to a registry and keeps it. */
public final class LoginVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "login",
        "[OPTIONS] [SERVER]",
        "Authenticate to a registry",
        ArgumentCount.between(0, 1),
        new FlagTable()
            .add(FlagKind.STRING, 'p', "password", "Password or Personal Access Token (PAT)")
            .add(
                FlagKind.BOOL,
                "password-stdin",
                "Take the Password or Personal Access Token (PAT) from stdin")
            .add(FlagKind.STRING, 'u', "username", "Username"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String server = DockerConfig.key(line.arguments().isEmpty() ? "" : line.argument(0));
    DockerConfig config = DockerConfig.load(session.environment());
    if (!line.has("username") && !line.has("password") && !line.isSet("password-stdin")) {
      Optional<Login> known = config.login(server);
      if (known.isPresent() && again(known.get(), session)) {
        return 0;
      }
    }
    Login typed = typed(server, line, session);
    ApiObject answer = prove(typed, session);
    String token = answer.text("IdentityToken");
    Login kept = token.isEmpty() ? typed : new Login(server, typed.user(), "", token, "");
    if (config.store(kept)) {
      session
          .console()
          .error(
              "\nWARNING! Your credentials are stored unencrypted in '"
                  + config.file()
                  + "'.\nConfigure a credential helper to remove this warning. See\n"
                  + "https://docs.docker.com/go/credential-store/\n");
    }
    session.console().printLine(answer.text("Status"));
    return 0;
  }

  private static boolean again(Login known, Session session) throws IOException {
    session.console().error("Authenticating with existing credentials...");
    try {
      session.console().printLine(prove(known, session).text("Status"));
      return true;
    } catch (ApiException e) {
      session.console().error("Login did not succeed, error: " + e.getMessage());
      return false;
    }
  }

  private static ApiObject prove(Login login, Session session) throws IOException {
    return ApiObject.of(session.api().post(Query.of("/auth"), login.document()));
  }

  private static Login typed(String server, Parsed line, Session session) throws IOException {
    String user = line.text("username");
    if (line.isSet("password-stdin")) {
      if (user.isEmpty()) {
        throw new CommandFailure("Must provide --username with --password-stdin");
      }
      if (line.has("password")) {
        throw new CommandFailure("--password and --password-stdin are mutually exclusive");
      }
      String all =
          new String(session.console().in().readAllBytes(), StandardCharsets.UTF_8)
              .replaceFirst("\r?\n$", "");
      return Login.password(server, user, all);
    }
    if (line.has("password")) {
      session
          .console()
          .error("WARNING! Using --password via the CLI is insecure. Use --password-stdin.");
    }
    Prompt prompt = new Prompt(session.console());
    String name = user.isEmpty() ? prompt.line("Username: ") : user;
    if (name.isEmpty()) {
      throw new CommandFailure("username is required");
    }
    String secret = line.has("password") ? line.text("password") : prompt.secret("Password: ");
    if (secret.isEmpty()) {
      throw new CommandFailure("password is required");
    }
    return Login.password(server, name, secret);
  }
}
