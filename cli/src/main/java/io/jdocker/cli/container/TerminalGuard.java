package io.jdocker.cli.container;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.terminal.StandardStream;
import io.jdocker.cli.terminal.Terminal;
import io.jdocker.cli.terminal.WindowSize;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.signal.SignalProxy;
import java.io.IOException;
import java.util.Optional;

/**
 * Keeps a container's terminal like the caller's: raw keyboard while attached, and the same size
 * from the start and after every change.
 */
final class TerminalGuard implements AutoCloseable {
  private static final int STANDARD_INPUT = 0;
  private static final int STANDARD_OUTPUT = 1;

  private final Terminal keyboard;
  private final Terminal screen;
  private final boolean sendsInput;

  TerminalGuard(boolean sendsInput) {
    Kernel kernel = Kernel.load();
    this.keyboard = new Terminal(kernel, STANDARD_INPUT);
    this.screen = new Terminal(kernel, STANDARD_OUTPUT);
    this.sendsInput = sendsInput;
  }

  /**
   * Puts the caller's window size into a request, where there is one: a program that asks for the
   * size at once must not find 0 by 0.
   */
  static void addConsoleSize(JsonObject document) {
    if (!StandardStream.isTerminal(STANDARD_OUTPUT)) {
      return;
    }
    Optional<WindowSize> size = new Terminal(Kernel.load(), STANDARD_OUTPUT).size();
    if (size.isPresent()) {
      JsonArray rowsAndColumns = new JsonArray();
      rowsAndColumns.add(size.get().rows());
      rowsAndColumns.add(size.get().columns());
      document.add("ConsoleSize", rowsAndColumns);
    }
  }

  void enter() {
    if (sendsInput && StandardStream.isTerminal(STANDARD_INPUT)) {
      keyboard.raw();
      // A signal that ends this process must not leave the caller's shell without an echo. The
      // usual end is a halt, which runs no hooks.
      Runtime.getRuntime().addShutdownHook(new Thread(keyboard::close, "terminal"));
    }
  }

  Optional<WindowSize> size() {
    return screen.size();
  }

  /** Sends the size now and whenever the window changes (SIGWINCH). */
  void follow(ApiClient api, Query resize) throws IOException {
    send(api, resize);
    ApiClient own = api.another();
    SignalProxy.handle("WINCH", name -> sendQuietly(own, resize));
  }

  private void send(ApiClient api, Query resize) throws IOException {
    Optional<WindowSize> size = size();
    if (size.isEmpty() || size.get().rows() == 0) {
      return;
    }
    try {
      api.post(
          Query.of(resize.toString())
              .with("h", "" + size.get().rows())
              .with("w", "" + size.get().columns()));
    } catch (ApiException e) {
      // The process may have ended already: then there is nothing left to size.
      if (e.status() >= 500) {
        throw e;
      }
    }
  }

  private synchronized void sendQuietly(ApiClient api, Query resize) {
    try {
      send(api, resize);
    } catch (IOException | ApiException e) {
      // In a signal handler, with the screen in raw mode: a wrong size is the smaller harm.
      return;
    }
  }

  @Override
  public void close() {
    keyboard.close();
  }
}
