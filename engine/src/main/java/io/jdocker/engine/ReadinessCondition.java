package io.jdocker.engine;

import io.jdocker.linux.failure.EngineException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.regex.Pattern;

/** One of the things a container is waited for. */
sealed interface ReadinessCondition {
  /** Begins to look. */
  Check on(Container container);

  /** A look at a container that goes on; one thread. */
  interface Check extends AutoCloseable {
    /** Whether it holds. */
    boolean holds();

    /** What is missing, for a person: {@code nothing listens on port 80/tcp}. */
    String missing();

    /** Whether it may still hold once the container has ended. */
    default boolean holdsAtEnd() {
      return false;
    }

    @Override
    default void close() {}
  }

  /** A port is listened on. */
  record Listening(Port port) implements ReadinessCondition {
    @Override
    public Check on(Container container) {
      return new Check() {
        @Override
        public boolean holds() {
          int pid = container.inspect().pid();
          return pid != 0 && ListeningSockets.of(pid).contains(port.number());
        }

        @Override
        public String missing() {
          return "nothing in it listens on port " + port + " of another address than loopback";
        }
      };
    }
  }

  /** Lines of the log match. */
  record Log(Pattern pattern, int times) implements ReadinessCondition {
    @Override
    public Check on(Container container) {
      return new LogCheck(container, pattern, times);
    }
  }

  /** A web server answers. */
  record Http(Port port, String path, int status) implements ReadinessCondition {
    private static final int PATIENCE_MILLIS = 1000;

    @Override
    public Check on(Container container) {
      return new Check() {
        private String last = "not asked yet";

        @Override
        public boolean holds() {
          try {
            int code = get(container.mappedPort(port));
            last = "status " + code;
            return code == status;
          } catch (IOException e) {
            last = String.valueOf(e.getMessage());
            return false;
          }
        }

        @Override
        public String missing() {
          return "GET "
              + path
              + " on port "
              + port
              + " is not answered with "
              + status
              + ": "
              + last;
        }
      };
    }

    private int get(int hostPort) throws IOException {
      URL url = URI.create("http://" + Container.HOST + ":" + hostPort + path).toURL();
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try {
        return connection.getResponseCode();
      } finally {
        connection.disconnect();
      }
    }
  }

  /** Probes succeed. */
  record Healthy() implements ReadinessCondition {
    @Override
    public Check on(Container container) {
      return new Check() {
        private ContainerDetails.Health last = ContainerDetails.Health.NONE;

        @Override
        public boolean holds() {
          last = container.inspect().health();
          return last == ContainerDetails.Health.HEALTHY;
        }

        @Override
        public String missing() {
          return last == ContainerDetails.Health.NONE
              ? "it has no health check"
              : "its health is \"" + last.name().toLowerCase(java.util.Locale.ROOT) + "\"";
        }
      };
    }
  }

  /** A command succeeds. */
  record Command(ExecRequest request) implements ReadinessCondition {
    @Override
    public Check on(Container container) {
      return new Check() {
        private String last = "not run yet";

        @Override
        public boolean holds() {
          try {
            ProcessResult result = container.exec(request);
            last = "exit code " + result.exitCode() + " " + result.stderr().strip();
            return result.succeeded();
          } catch (EngineException e) {
            last = e.getMessage();
            return false;
          }
        }

        @Override
        public String missing() {
          return "\""
              + String.join(" ", request.command())
              + "\" does not succeed in it: "
              + last.strip();
        }
      };
    }
  }

  /** It has done its work. */
  record Completed() implements ReadinessCondition {
    @Override
    public Check on(Container container) {
      return new Check() {
        @Override
        public boolean holds() {
          ContainerDetails details = container.inspect();
          return details.status() == ContainerDetails.Status.EXITED && details.exitCode() == 0;
        }

        @Override
        public boolean holdsAtEnd() {
          return holds();
        }

        @Override
        public String missing() {
          return "it has not ended with exit code 0";
        }
      };
    }
  }
}
