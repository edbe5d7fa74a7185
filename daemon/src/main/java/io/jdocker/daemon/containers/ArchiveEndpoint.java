package io.jdocker.daemon.containers;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Query;
import io.jdocker.daemon.json.GoTime;
import io.jdocker.daemon.json.Json;
import io.jdocker.daemon.json.Key;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.ContainerFiles;
import io.jdocker.runtime.container.PathStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/** {@code /containers/ID/archive?path=}: docker cp, out by GET and in by PUT. */
final class ArchiveEndpoint {
  private static final String STAT_HEADER = "X-Docker-Container-Path-Stat";

  private final Supplier<Engine> engine;
  private final Json json = new Json();

  ArchiveEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** What the header holds, as base64 of JSON. */
  record Stat(
      @Key("name") String name,
      @Key("size") long size,
      @Key("mode") long mode,
      @Key("mtime") String mtime,
      @Key("linkTarget") String linkTarget) {
    static Stat of(PathStat stat) {
      return new Stat(
          stat.name(), stat.size(), stat.mode(), GoTime.format(stat.mtime()), stat.linkTarget());
    }
  }

  private ContainerFiles files() {
    return engine.get().containers().files();
  }

  private static String path(Query query) {
    return query
        .text("path")
        .orElseThrow(() -> new InvalidArgument("bad parameter: path cannot be empty"));
  }

  private String header(PathStat stat) {
    byte[] text = json.write(Stat.of(stat)).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(text);
  }

  void stat(Exchange exchange) throws IOException {
    PathStat stat = files().stat(exchange.parameter(), path(exchange.query()));
    exchange.header(STAT_HEADER, header(stat));
    exchange.empty(200);
  }

  void copyOut(Exchange exchange) throws IOException {
    ChunkedAnswer[] answer = new ChunkedAnswer[1];
    files()
        .copyOut(
            exchange.parameter(),
            path(exchange.query()),
            stat -> {
              exchange.header(STAT_HEADER, header(stat));
              answer[0] = exchange.stream(200, "application/x-tar");
              return answer[0].body();
            });
    answer[0].end();
  }

  void copyIn(Exchange exchange) throws IOException {
    Query query = exchange.query();
    files()
        .copyIn(
            exchange.parameter(),
            path(query),
            exchange.bodyStream(),
            query.flag("noOverwriteDirNonDir"),
            query.flag("copyUIDGID"));
    exchange.empty(200);
  }
}
