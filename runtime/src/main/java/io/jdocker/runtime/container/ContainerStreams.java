package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.PollCalls;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.launch.KeeperImage;
import io.jdocker.linux.launch.Launch;
import io.jdocker.runtime.launch.Streams;
import io.jdocker.runtime.spec.ProcessSpec;
import io.jdocker.runtime.stdio.LogSink;
import io.jdocker.runtime.stdio.ProcessStreams;
import io.jdocker.runtime.stdio.StdioEnds;
import io.jdocker.runtime.stdio.StreamHub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The descriptors between engine, keeper and container of one run: pipes or a terminal, and the
 * status file. One thread.
 */
final class ContainerStreams implements AutoCloseable {
  /** What a process wants of its streams. */
  record StreamWishes(
      boolean terminal, int rows, int columns, boolean openStdin, boolean stdinOnce) {
    static StreamWishes of(ProcessSpec process) {
      return new StreamWishes(
          process.terminal(),
          process.terminalRows(),
          process.terminalColumns(),
          process.openStdin(),
          process.stdinOnce());
    }

    static StreamWishes of(ExecSpec exec) {
      return new StreamWishes(
          exec.terminal(), exec.terminalRows(), exec.terminalColumns(), exec.attachStdin(), true);
    }
  }

  private final List<Fd> childEnds = new ArrayList<>();
  private final List<Fd> ownEnds = new ArrayList<>();
  private final List<Launch.Held> held = new ArrayList<>();
  private Streams streams;
  private Optional<Fd> stdin = Optional.empty();
  private Fd stdout;
  private Fd stderr;
  private Fd notice;

  private ContainerStreams() {}

  /**
   * Opens them.
   *
   * @param status the file that gets the keeper's record
   */
  static ContainerStreams open(Kernel kernel, Path status, StreamWishes wishes) {
    ContainerStreams opened = new ContainerStreams();
    try {
      opened.openAll(kernel, status, wishes);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  private void openAll(Kernel kernel, Path statusFile, StreamWishes wishes) {
    Fd nothing = child(kernel.files().open("/dev/null", OpenFlags.O_RDWR, 0));
    for (int standard = 0; standard <= 2; standard++) {
      held.add(new Launch.Held(nothing, standard));
    }
    Fd status =
        child(
            kernel
                .files()
                .open(
                    statusFile.toString(),
                    OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_TRUNC,
                    0600));
    held.add(new Launch.Held(status, KeeperImage.STATUS_FD));
    PollCalls.Pipe pipe = kernel.polls().createPipe();
    notice = own(pipe.readEnd());
    held.add(new Launch.Held(notice, KeeperImage.NOTICE_READ_FD));
    held.add(new Launch.Held(child(pipe.writeEnd()), KeeperImage.NOTICE_FD));
    if (wishes.terminal()) {
      streams = new Streams.Terminal(wishes.rows(), wishes.columns());
    } else {
      openPipes(kernel, wishes, nothing);
    }
  }

  private void openPipes(Kernel kernel, StreamWishes wishes, Fd nothing) {
    Fd input = nothing;
    if (wishes.openStdin()) {
      PollCalls.Pipe pipe = kernel.polls().createPipe();
      input = child(pipe.readEnd());
      Fd writeEnd = own(pipe.writeEnd());
      stdin = Optional.of(writeEnd);
      if (!wishes.stdinOnce()) {
        // Kept open past this engine; with stdinOnce a client's end is the input's end, and a
        // second holder of the pipe would hide it.
        held.add(new Launch.Held(writeEnd, KeeperImage.STDIN_FD));
      }
    }
    PollCalls.Pipe output = kernel.polls().createPipe();
    stdout = own(output.readEnd());
    Fd outputEnd = child(output.writeEnd());
    PollCalls.Pipe error = kernel.polls().createPipe();
    stderr = own(error.readEnd());
    Fd errorEnd = child(error.writeEnd());
    held.add(new Launch.Held(stdout, KeeperImage.STDOUT_FD));
    held.add(new Launch.Held(stderr, KeeperImage.STDERR_FD));
    streams = new Streams.Pipes(input, outputEnd, errorEnd);
  }

  /** For the container's side. */
  Streams streams() {
    return streams;
  }

  /**
   * Gives the pipes, which the engine has made, to the container's user, so that it can open
   * /dev/stdout again. /dev/null is the host's and stays as it is.
   */
  void giveTo(Kernel kernel, int uid, int gid) {
    if (uid == 0 && gid == 0) {
      return;
    }
    for (Fd fd : childEnds) {
      if (kernel.files().status(fd).type() == FileStatus.S_IFIFO) {
        kernel.files().changeOwner(fd.number(), "", uid, gid, FileCalls.AT_EMPTY_PATH);
      }
    }
  }

  /**
   * Becomes readable when the process has ended; the caller's once {@link #connect} was called,
   * save that {@link #close}, for a start that failed later, closes it, too.
   */
  Fd notice() {
    return notice;
  }

  /** For the keeper. */
  List<Launch.Held> held() {
    return held;
  }

  /** After the launch: lets go of the container's side and begins to read. */
  ProcessStreams connect(EngineParts parts, StreamHub hub, LogSink log, Fd keeper) {
    childEnds.forEach(Fd::close);
    StdioEnds ends =
        streams instanceof Streams.Terminal
            ? new StdioEnds.Terminal(
                parts
                    .kernel()
                    .processes()
                    .takeFd(keeper, KeeperImage.TERMINAL_FD)
                    .orElseThrow(() -> new SystemFailure("the keeper of its terminal has ended")))
            : new StdioEnds.Pipes(stdin, stdout, Optional.of(stderr));
    ownEnds.clear();
    ownEnds.add(notice);
    return ProcessStreams.connect(parts.kernel(), parts.loop(), hub, ends, log);
  }

  private Fd child(Fd fd) {
    childEnds.add(fd);
    return fd;
  }

  private Fd own(Fd fd) {
    ownEnds.add(fd);
    return fd;
  }

  @Override
  public void close() {
    childEnds.forEach(Fd::close);
    ownEnds.forEach(Fd::close);
  }
}
