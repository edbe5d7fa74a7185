package io.jdocker.daemon.images;

import io.jdocker.daemon.http.ChunkedAnswer;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;

/** {@code GET /images/get?names=a&names=b} and {@code GET /images/X/get}: a tar of images. */
final class SaveImagesEndpoint {
  private final Supplier<Engine> engine;

  SaveImagesEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  void several(Exchange exchange) throws IOException {
    List<String> names = exchange.query().all("names");
    if (names.isEmpty()) {
      throw new InvalidArgument("the parameter names is missing");
    }
    save(exchange, names);
  }

  void one(Exchange exchange) throws IOException {
    save(exchange, List.of(exchange.parameter()));
  }

  private void save(Exchange exchange, List<String> names) throws IOException {
    AnswerOnWrite body = new AnswerOnWrite(exchange);
    engine.get().images().save(names, body);
    body.end();
  }

  /** Begins the answer with the first byte: until then an unknown name can still be a 404. */
  private static final class AnswerOnWrite extends OutputStream {
    private final Exchange exchange;
    private ChunkedAnswer answer;

    AnswerOnWrite(Exchange exchange) {
      this.exchange = exchange;
    }

    private ChunkedAnswer answer() throws IOException {
      if (answer == null) {
        answer = exchange.stream(200, "application/x-tar");
      }
      return answer;
    }

    @Override
    public void write(int single) throws IOException {
      answer().body().write(single);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      answer().body().write(bytes, offset, length);
    }

    void end() throws IOException {
      answer().end();
    }
  }
}
