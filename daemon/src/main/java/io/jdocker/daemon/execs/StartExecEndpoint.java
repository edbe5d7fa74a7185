package io.jdocker.daemon.execs;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Failures;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.Hijack;
import io.jdocker.daemon.stream.ClientSession;
import io.jdocker.daemon.stream.StreamFormat;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Exec;
import io.jdocker.runtime.container.ExecSpec;
import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.Chunk;
import io.jdocker.runtime.stdio.DetachFilter;
import io.jdocker.runtime.stdio.DetachKeys;
import io.jdocker.runtime.stdio.StreamSelection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code POST /exec/X/start}. The client is attached first, so that no output is missed. A command
 * that cannot be run is therefore told in the stream, and its exit code (126 or 127) by inspect, as
 * in Docker.
 */
final class StartExecEndpoint implements Handler {
  private final Supplier<Engine> engine;

  StartExecEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** The body. */
  record StartExec(boolean detach, boolean tty) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    StartExec sent = exchange.bodyOrDefaults(StartExec.class);
    Exec exec = engine.get().containers().exec(exchange.parameter());
    if (exec.pid() != 0 || exec.exitCode().isPresent()) {
      throw new Conflict("exec " + exec.id() + " has already been started");
    }
    if (sent.detach()) {
      engine.get().containers().startExec(exec);
      exchange.empty(200);
    } else {
      attached(exchange, exec);
    }
  }

  private void attached(Exchange exchange, Exec exec) throws IOException {
    ExecSpec spec = exec.spec();
    StreamFormat format = StreamFormat.of(spec.terminal());
    StreamSelection selection =
        new StreamSelection(spec.attachStdin(), spec.attachStdout(), spec.attachStderr());
    Hijack hijack = exchange.hijack(format.contentType(exchange.version()));
    Attachment attachment = exec.hub().attach(selection);
    try {
      engine.get().containers().startExec(exec);
    } catch (RuntimeException e) {
      attachment.close();
      byte[] text = (Failures.of(e).message() + "\r\n").getBytes(StandardCharsets.UTF_8);
      hijack.output().write(format.encode(new Chunk(Chunk.STDOUT, text)));
      return;
    }
    Optional<DetachFilter> keys =
        spec.terminal() ? Optional.of(DetachKeys.standard().filter()) : Optional.empty();
    // Its exit code is asked for as soon as the stream ends, and must be known by then.
    ClientSession.serve(exchange, hijack, attachment, format, selection.stdin(), exec.exit(), keys);
  }
}
