package io.jdocker.daemon.execs;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.json.Words;
import io.jdocker.linux.WindowSize;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Exec;
import io.jdocker.runtime.container.ExecSpec;
import io.jdocker.runtime.stdio.DetachKeys;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Making an exec ready, looking at it, and the size of its terminal. */
final class ExecEndpoints {
  private final Supplier<Engine> engine;

  ExecEndpoints(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** The body of {@code POST /containers/X/exec}. */
  record CreateExec(
      boolean attachStdin,
      boolean attachStdout,
      boolean attachStderr,
      boolean tty,
      Optional<Words> cmd,
      List<String> env,
      boolean privileged,
      String user,
      String workingDir,
      String detachKeys,
      List<Integer> consoleSize) {}

  /** The answer. */
  record Created(String id) {}

  void create(Exchange exchange) throws IOException {
    CreateExec sent = exchange.body(CreateExec.class);
    DetachKeys.parse(sent.detachKeys());
    List<Integer> size = sent.consoleSize();
    ExecSpec spec =
        new ExecSpec(
            sent.cmd().map(Words::words).orElse(List.of()),
            sent.env(),
            sent.workingDir(),
            sent.user(),
            sent.tty(),
            sent.attachStdin(),
            sent.attachStdout(),
            sent.attachStderr(),
            sent.privileged(),
            size.size() == 2 ? size.get(0) : 0,
            size.size() == 2 ? size.get(1) : 0);
    Exec exec = engine.get().containers().createExec(exchange.parameter(), spec);
    exchange.json(201, new Created(exec.id()));
  }

  void inspect(Exchange exchange) throws IOException {
    exchange.json(200, ExecDocument.of(engine.get().containers().exec(exchange.parameter())));
  }

  void resize(Exchange exchange) throws IOException {
    Exec exec = engine.get().containers().exec(exchange.parameter());
    int rows = exchange.query().number("h").orElseThrow(() -> missing("h"));
    int columns = exchange.query().number("w").orElseThrow(() -> missing("w"));
    engine.get().containers().resizeExec(exec, new WindowSize(rows, columns));
    exchange.empty(200);
  }

  private static InvalidArgument missing(String name) {
    return new InvalidArgument("the parameter " + name + " is missing");
  }
}
