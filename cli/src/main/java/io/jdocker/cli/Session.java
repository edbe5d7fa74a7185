package io.jdocker.cli;

import io.jdocker.cli.http.ApiClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What a verb works with: the streams, the environment and the engine. */
public interface Session {
  Console console();

  GlobalOptions options();

  /** An environment variable's value. */
  Optional<String> environment(String name);

  /** All environment variables. */
  Map<String, String> environment();

  /** The engine's API; the daemon is started first when none runs. */
  ApiClient api() throws IOException;
}
