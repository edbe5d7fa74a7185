package io.jdocker.runtime.stdio;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.WindowSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * The engine's side of one process' standard streams, of a container's run or of an exec. It owns
 * the descriptors and the log it is given. Thread-safe.
 *
 * <p>When the process has ended, call {@link #finish} (after {@link #drained}, or after as long as
 * one cares to wait for somebody else who holds the pipes open). When the engine leaves and the
 * process stays, call {@link #close}. Both before the event loop is closed.
 */
public final class ProcessStreams implements AutoCloseable {
  private final Kernel kernel;
  private final EventLoop loop;
  private final StreamHub hub;
  private final List<OutputPipe> outputs = new ArrayList<>();
  private final List<InputPipe> inputs = new ArrayList<>();
  private final List<Fd> descriptors = new ArrayList<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private Optional<Fd> terminal = Optional.empty();
  private int openOutputs;
  private boolean released;

  private ProcessStreams(Kernel kernel, EventLoop loop, StreamHub hub) {
    this.kernel = kernel;
    this.loop = loop;
    this.hub = hub;
  }

  /**
   * Joins a process to its hub and begins to read. O_NONBLOCK is set on the descriptors, and so for
   * a keeper that shares them, which neither reads nor writes.
   *
   * @param ends owned from here on, even when this fails
   * @param log closed at the end of the run
   */
  public static ProcessStreams connect(
      Kernel kernel, EventLoop loop, StreamHub hub, StdioEnds ends, LogSink log) {
    ProcessStreams streams = new ProcessStreams(kernel, loop, hub);
    StdinQueue stdin = hub.connect(log, () -> loop.execute(streams::resume));
    try {
      streams.open(ends, stdin);
    } catch (RuntimeException e) {
      streams.close();
      throw e;
    }
    return streams;
  }

  private void open(StdioEnds ends, StdinQueue stdin) {
    if (ends instanceof StdioEnds.Terminal pty) {
      descriptors.add(pty.master());
      // epoll knows a descriptor once: reading and writing the same file wait on one each.
      Fd input = kernel.files().duplicate(pty.master(), 0);
      descriptors.add(input);
      terminal = Optional.of(pty.master());
      addOutput(pty.master(), Chunk.STDOUT);
      addInput(input, stdin);
    } else if (ends instanceof StdioEnds.Pipes pipes) {
      pipes.stdin().ifPresent(descriptors::add);
      descriptors.add(pipes.stdout());
      pipes.stderr().ifPresent(descriptors::add);
      addOutput(pipes.stdout(), Chunk.STDOUT);
      pipes.stderr().ifPresent(fd -> addOutput(fd, Chunk.STDERR));
      pipes.stdin().ifPresent(fd -> addInput(fd, stdin));
      if (pipes.stdin().isEmpty()) {
        stdin.close();
      }
    }
    openOutputs = outputs.size();
    descriptors.forEach(kernel.polls()::makeNonBlocking);
    outputs.forEach(OutputPipe::start);
    inputs.forEach(input -> stdin.listen(() -> loop.execute(input::pump)));
    inputs.forEach(input -> loop.execute(input::pump)); // what was sent before the start
  }

  private void addOutput(Fd fd, int stream) {
    outputs.add(new OutputPipe(loop, hub, fd, stream, this::outputEnded));
  }

  private void addInput(Fd fd, StdinQueue stdin) {
    inputs.add(new InputPipe(kernel, loop, fd, stdin));
  }

  /**
   * Completes when every output stream has reached its end: the last byte is then in the log and in
   * the clients' queues. Cancelled by {@link #close}. What depends on it runs on the loop's thread:
   * use the Async methods for anything that takes time.
   */
  public CompletableFuture<Void> drained() {
    return drained.copy();
  }

  /**
   * The process has ended: takes what its pipes still hold, even if another process keeps them
   * open, ends clients and log, and closes all. Returns when that is done. No effect the second
   * time.
   */
  public void finish() {
    onLoop(
        () -> {
          outputs.forEach(OutputPipe::finish);
          release();
        });
  }

  /**
   * Lets go of a process that goes on: what it writes from now on stays in its pipes for who takes
   * them next. Clients and log end. Returns when that is done. No effect after {@link #finish}.
   */
  @Override
  public void close() {
    onLoop(this::release);
  }

  /**
   * Sets the size of the process' terminal.
   *
   * @return false when it has none, or no more
   */
  public boolean resize(WindowSize size) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    onLoop(
        () -> {
          boolean open = terminal.isPresent() && terminal.get().isOpen();
          if (open) {
            kernel.terminals().resize(terminal.get(), size);
          }
          done.complete(open);
        });
    return done.join();
  }

  private void resume() {
    outputs.forEach(OutputPipe::resume);
  }

  private void outputEnded() {
    openOutputs--;
    if (openOutputs == 0) {
      hub.endOutput();
      drained.complete(null);
    }
  }

  private void release() {
    outputs.forEach(OutputPipe::stop);
    inputs.forEach(InputPipe::close);
    descriptors.forEach(Fd::close);
    if (!released) {
      released = true;
      hub.disconnect();
    }
    drained.cancel(false);
  }

  /** Runs the task on the loop's thread and waits for it: descriptors are used there alone. */
  private void onLoop(Runnable task) {
    if (loop.isLoopThread()) {
      task.run();
      return;
    }
    CompletableFuture<Void> done;
    try {
      done = CompletableFuture.runAsync(task, loop);
    } catch (RejectedExecutionException e) {
      task.run(); // the loop is closed: no thread is left to race with
      return;
    }
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
