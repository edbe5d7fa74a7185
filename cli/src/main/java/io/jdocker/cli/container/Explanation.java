package io.jdocker.cli.container;

import io.jdocker.cli.Console;
import io.jdocker.cli.Session;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What was done to the kernel for a container, beside the container's own output: on standard
 * error.
 */
final class Explanation {
  private static final int NOT_IMPLEMENTED = 501;

  private final Session session;
  private final String container;

  Explanation(Session session, String container) {
    this.session = session;
    this.container = container;
  }

  static Query query(String container) {
    return Query.of("/jdocker/containers/", container, "/explain");
  }

  /**
   * Prints each step as it is made, from now on, in the background.
   *
   * @return false when the engine can only tell the story afterwards
   */
  boolean follow() throws IOException {
    ApiClient own = session.api().another();
    Response live;
    try {
      live = own.openUnversioned("GET", query(container).with("live", "1"));
    } catch (ApiException e) {
      if (e.status() == NOT_IMPLEMENTED) {
        return false;
      }
      throw e;
    }
    Console console = session.console();
    Thread thread = new Thread(() -> copyQuietly(live, console), "explain");
    thread.setDaemon(true);
    thread.start();
    return true;
  }

  private static void copyQuietly(Response live, Console console) {
    try (live) {
      copy(live.body(), console.err());
    } catch (IOException | ApiException e) {
      // The story stops when the daemon stops telling it; the container's own end is reported
      // by the thread that waits for it.
      return;
    }
  }

  /** Prints all that was done so far; nothing when the container is gone already. */
  void printIfThere() throws IOException {
    try {
      print();
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  /** Prints all that was done so far. */
  void print() throws IOException {
    try (Response story =
        session.api().openUnversioned("GET", query(container).with("format", "text"))) {
      copy(story.body(), session.console().err());
    }
  }

  static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }
}
