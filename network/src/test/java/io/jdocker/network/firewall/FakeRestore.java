package io.jdocker.network.firewall;

import io.jdocker.linux.failure.SystemFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A resident iptables-restore -v: echoes comments, ends at the first line it cannot apply. */
final class FakeRestore extends Process {
  private final FakeIptables kernel;
  private final PipedOutputStream echo = new PipedOutputStream();
  private final PipedInputStream output;
  private final CompletableFuture<Process> exit = new CompletableFuture<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<String> pending = new ArrayList<>();
  private String table = "";
  private volatile String error = "";
  private int status;

  FakeRestore(FakeIptables kernel) {
    this.kernel = kernel;
    try {
      output = new PipedInputStream(echo, 1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It dies, as by a signal, with what it has not committed. */
  void die() {
    end(137);
  }

  private void end(int code) {
    try {
      status = code;
      echo.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    exit.complete(this);
  }

  private void read(String text) throws IOException {
    if (text.startsWith("#")) {
      echo.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
      echo.flush();
    } else if (text.startsWith("*")) {
      table = text.substring(1);
    } else if (text.equals("COMMIT")) {
      try {
        kernel.apply(table, pending);
      } catch (SystemFailure refused) {
        error = refused.getMessage();
        end(1);
      }
      pending.clear();
    } else {
      pending.add(text);
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        if (exit.isDone()) {
          throw new IOException("Broken pipe");
        }
        if (octet == '\n') {
          String text = line.toString(StandardCharsets.US_ASCII);
          line.reset();
          read(text);
        } else {
          line.write(octet);
        }
      }

      @Override
      public void close() {
        if (!exit.isDone()) {
          end(0);
        }
      }
    };
  }

  @Override
  public InputStream getInputStream() {
    return output;
  }

  @Override
  public InputStream getErrorStream() {
    return new ByteArrayInputStream(error.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int waitFor() {
    return exitValue();
  }

  @Override
  public int exitValue() {
    exit.join();
    return status;
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return exit;
  }

  @Override
  public void destroy() {
    if (!exit.isDone()) {
      end(143);
    }
  }
}
