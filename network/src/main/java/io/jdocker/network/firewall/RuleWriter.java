package io.jdocker.network.firewall;

import io.jdocker.linux.failure.SystemFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * One resident {@code iptables-restore -w -v --noflush}. It applies each table of a transaction as
 * it reads the COMMIT and, being verbose, echoes comment lines: the comment behind a transaction is
 * its acknowledgement. On a line it cannot apply it ends, saying why. To spawn one a change would
 * cost 17 ms each time. Thread-safe; it belongs to the network namespace of whoever made it.
 */
final class RuleWriter implements AutoCloseable {
  private static final String ACKNOWLEDGEMENT = "# ack ";

  private record Pending(long number, CompletableFuture<Void> done) {}

  private final Process process;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private long count;
  private boolean ended;

  RuleWriter(Iptables programs) {
    this.process = programs.start("iptables-restore", "-w", "-v", "--noflush");
    Thread reader = new Thread(this::read, "iptables-restore");
    reader.setDaemon(true);
    reader.start();
  }

  /** Hands a transaction over; the future ends once the kernel has it, or with the reason. */
  synchronized CompletableFuture<Void> submit(Transaction transaction) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (ended) {
      done.completeExceptionally(new SystemFailure("iptables-restore has ended"));
      return done;
    }
    pending.add(new Pending(++count, done));
    String text = transaction.text() + ACKNOWLEDGEMENT + count + "\n";
    try {
      OutputStream input = process.getOutputStream();
      input.write(text.getBytes(StandardCharsets.US_ASCII));
      input.flush();
    } catch (IOException ended) {
      return done; // on an earlier transaction: the reader learns why and fails all that wait
    }
    return done;
  }

  synchronized boolean isUsable() {
    return !ended;
  }

  private void read() {
    String reason = "";
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(ACKNOWLEDGEMENT) && !acknowledge(line)) {
          process.destroyForcibly();
          reason = "it acknowledged out of turn: " + line;
          break;
        }
      }
      reason = reason.isEmpty() ? firstLine() : reason;
    } catch (IOException e) {
      reason = e.getMessage();
    }
    fail(reason.isEmpty() ? "it ended" : reason);
  }

  private String firstLine() throws IOException {
    try (BufferedReader errors =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      String line = errors.readLine();
      return line == null ? "" : line;
    }
  }

  /** Ends the next pending transaction; false when the line is for another one. */
  private boolean acknowledge(String line) {
    Pending next;
    synchronized (this) {
      next = pending.poll();
    }
    if (next == null || !line.strip().equals(ACKNOWLEDGEMENT + next.number())) {
      return false;
    }
    next.done().complete(null);
    return true;
  }

  private void fail(String reason) {
    Deque<Pending> waiting;
    synchronized (this) {
      ended = true;
      waiting = new ArrayDeque<>(pending);
      pending.clear();
    }
    SystemFailure failure = new SystemFailure("iptables-restore: " + reason);
    waiting.forEach(p -> p.done().completeExceptionally(failure));
  }

  /** Ends the process at once: nothing more of what it was given may reach the kernel. */
  void abandon() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Ends the process after what it has been given. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyEnded) {
      process.destroy();
    }
  }
}
