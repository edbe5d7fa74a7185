package io.jdocker.cli;

import io.jdocker.cli.engine.DaemonStarter;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.Endpoint;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The session of this process: one API client, opened when first asked for. */
final class LocalSession implements Session, Closeable {
  private final Console console;
  private final GlobalOptions options;
  private final Map<String, String> environment;
  private ApiClient client;

  LocalSession(Console console, GlobalOptions options, Map<String, String> environment) {
    this.console = console;
    this.options = options;
    this.environment = environment;
  }

  @Override
  public Console console() {
    return console;
  }

  @Override
  public GlobalOptions options() {
    return options;
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public ApiClient api() throws IOException {
    if (client == null) {
      client = open();
    }
    return client;
  }

  private ApiClient open() throws IOException {
    Endpoint endpoint;
    try {
      endpoint = new Endpoint(options.host(), options.tls());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage());
    }
    try {
      return ApiClient.connect(endpoint);
    } catch (IllegalArgumentException | InvalidArgument e) {
      throw new CommandFailure(e.getMessage());
    } catch (IOException e) {
      if (options.isHostGiven()) {
        throw unreachable(e);
      }
    }
    new DaemonStarter(options.root(), environment).start();
    try {
      return ApiClient.connect(endpoint);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private CommandFailure unreachable(IOException e) {
    String reason = options.debug() ? " (" + e + ")" : "";
    return new CommandFailure(
        "Cannot connect to the jdocker daemon at "
            + options.host()
            + ". Is the daemon running?"
            + reason);
  }

  @Override
  public void close() throws IOException {
    if (client != null) {
      client.close();
    }
  }
}
