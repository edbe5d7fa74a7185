package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.http.Hijack;
import io.jdocker.daemon.http.Query;
import io.jdocker.daemon.stream.ClientSession;
import io.jdocker.daemon.stream.LogTransfer;
import io.jdocker.daemon.stream.StreamFormat;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.DetachFilter;
import io.jdocker.runtime.stdio.DetachKeys;
import io.jdocker.runtime.stdio.LogQuery;
import io.jdocker.runtime.stdio.LogReader;
import io.jdocker.runtime.stdio.StreamSelection;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * {@code POST /containers/X/attach?stream=1&stdin=1&stdout=1&stderr=1&logs=1&detachKeys=}. A
 * container that does not run yet can be attached to: the stream begins with its start.
 */
final class AttachEndpoint implements Handler {
  private final Supplier<Engine> engine;

  AttachEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Query query = exchange.query();
    DetachKeys keys = DetachKeys.parse(query.text("detachKeys").orElse(""));
    StreamSelection selection =
        new StreamSelection(query.flag("stdin"), query.flag("stdout"), query.flag("stderr"));
    Container container = engine.get().containers().get(exchange.parameter());
    if (query.flag("stream")) {
      attach(exchange, container, selection, keys);
    } else {
      replay(exchange, container, selection);
    }
  }

  private void attach(
      Exchange exchange, Container container, StreamSelection selection, DetachKeys keys)
      throws IOException {
    boolean terminal = container.record().spec().process().terminal();
    StreamFormat format = StreamFormat.of(terminal);
    Attachment attachment =
        engine
            .get()
            .containers()
            .attach(container.id().hex(), selection, exchange.query().flag("logs"));
    Hijack hijack;
    try {
      hijack = exchange.hijack(format.contentType(exchange.version()));
    } catch (IOException e) {
      attachment.close();
      throw e;
    }
    Optional<DetachFilter> filter = terminal ? Optional.of(keys.filter()) : Optional.empty();
    boolean detached =
        ClientSession.serve(
            exchange,
            hijack,
            attachment,
            format,
            selection.stdin(),
            CompletableFuture.completedFuture(null),
            filter);
    if (detached) {
      tellDetached(container);
    }
  }

  private void tellDetached(Container container) {
    Map<String, String> attributes = new HashMap<>(container.record().spec().labels());
    attributes.put("image", container.record().spec().image());
    attributes.put("name", container.record().name());
    engine.get().events().publish(Event.Type.CONTAINER, "detach", container.id().hex(), attributes);
  }

  /** {@code logs=1} without {@code stream=1}: what was written so far, and no more. */
  private void replay(Exchange exchange, Container container, StreamSelection selection)
      throws IOException {
    StreamFormat format = StreamFormat.of(container.record().spec().process().terminal());
    boolean logs = exchange.query().flag("logs");
    Hijack hijack = exchange.hijack(format.contentType(exchange.version()));
    if (logs) {
      LogQuery all = LogQuery.everythingOf(selection.stdout(), selection.stderr());
      LogReader reader = engine.get().containers().logs(container.id().hex(), all);
      LogTransfer.send(reader, format, hijack.output());
    }
    hijack.close();
  }
}
