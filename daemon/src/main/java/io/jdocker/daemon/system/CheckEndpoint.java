package io.jdocker.daemon.system;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.images.StoreCheck;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/** {@code POST /jdocker/system/check?repair=}: compares the image store with what it should be. */
final class CheckEndpoint implements Handler {
  private final Supplier<Engine> engine;

  CheckEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  record Checked(int images, int layers, long files, long bytes, List<Problem> problems) {}

  record Problem(List<String> images, String place, String path, String what, boolean repaired) {}

  @Override
  public void handle(Exchange exchange) throws IOException {
    StoreCheck check = engine.get().images().check(exchange.query().flag("repair"));
    exchange.json(
        200,
        new Checked(
            check.images(),
            check.layers(),
            check.files(),
            check.bytes(),
            check.problems().stream()
                .map(p -> new Problem(p.images(), p.place(), p.path(), p.what(), p.repaired()))
                .toList()));
  }
}
