package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.Query;
import io.jdocker.daemon.http.UnixTime;
import io.jdocker.daemon.stream.LogTransfer;
import io.jdocker.daemon.stream.StreamFormat;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.stdio.LogQuery;
import io.jdocker.runtime.stdio.LogReader;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** {@code GET /containers/X/logs}. */
final class LogsEndpoint implements Handler {
  private final Supplier<Engine> engine;

  LogsEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Container container = engine.get().containers().get(exchange.parameter());
    LogReader reader =
        engine.get().containers().logs(container.id().hex(), query(exchange.query()));
    exchange.whenClientLeaves(reader::close);
    StreamFormat format = StreamFormat.of(container.record().spec().process().terminal());
    ChunkedAnswer answer = exchange.stream(200, format.contentType(exchange.version()));
    LogTransfer.send(reader, format, answer.body());
    answer.end();
  }

  private static LogQuery query(Query query) {
    boolean stdout = query.flag("stdout");
    boolean stderr = query.flag("stderr");
    if (!stdout && !stderr) {
      throw new InvalidArgument("Bad parameters: you must choose at least one stream");
    }
    return new LogQuery(
        stdout,
        stderr,
        UnixTime.of(query, "since"),
        UnixTime.of(query, "until"),
        tail(query.text("tail").orElse("all")),
        query.flag("timestamps"),
        query.flag("details"),
        query.flag("follow"));
  }

  /** Whatever is no number means all, as in Docker. */
  private static OptionalLong tail(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
