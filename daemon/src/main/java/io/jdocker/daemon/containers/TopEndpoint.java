package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code GET /containers/X/top}: the container's processes as {@code ps -ef} shows them, read from
 * /proc rather than from a spawned ps.
 */
final class TopEndpoint implements Handler {
  private final Supplier<Engine> engine;

  TopEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** The answer. */
  record Processes(List<String> titles, List<List<String>> processes) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    PsColumns columns = PsColumns.parse(exchange.query().text("ps_args").orElse("-ef"));
    ProcessTable table = ProcessTable.open();
    List<List<String>> rows = new ArrayList<>();
    for (int pid : engine.get().containers().processes(exchange.parameter())) {
      // A process that has ended since the list was made is left out.
      Optional<ProcessRow> row = table.read(pid);
      row.ifPresent(process -> rows.add(columns.of(process)));
    }
    exchange.json(200, new Processes(columns.titles(), rows));
  }
}
