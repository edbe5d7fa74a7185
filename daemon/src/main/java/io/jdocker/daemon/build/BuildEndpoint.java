package io.jdocker.daemon.build;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.images.RegistryAuth;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.build.BuildInputs;
import io.jdocker.runtime.build.BuildRequest;
import io.jdocker.runtime.build.Cancellation;
import io.jdocker.runtime.build.CommandFailed;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * {@code POST /build}: the body is the context, the answer lines of JSON. A fault that shows before
 * the first step has a status of its own; after it, it is a line. A build whose client leaves ends.
 */
final class BuildEndpoint implements Handler {
  private final Supplier<Engine> engine;

  BuildEndpoint(Supplier<Engine> engine) {
    this.engine = engine;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    InputStream body = exchange.bodyStream();
    BuildInputs inputs =
        exchange.request().header("Content-Type").filter(BuildPreamble.TYPE::equals).isPresent()
            ? BuildPreamble.read(body)
            : BuildInputs.none();
    BuildRequest request = BuildQuery.read(exchange.query(), RegistryAuth.all(exchange), inputs);
    boolean quiet = exchange.query().flag("q");
    Cancellation cancellation = new Cancellation();
    BuildAnswer answer = new BuildAnswer(exchange, quiet, cancellation);
    Image image;
    try {
      image = engine.get().builder().build(request, body, answer, cancellation);
    } catch (CommandFailed e) {
      answer.fail(e.getMessage(), e.exitCode());
      return;
    } catch (RuntimeException e) {
      answer.fail(e);
      return;
    }
    answer.built(image.id());
    if (quiet) {
      answer.always(image.id() + "\n");
    } else {
      answer.text("Successfully built " + image.id().shortHex() + "\n");
      for (ImageReference tag : request.tags()) {
        answer.text("Successfully tagged " + tag.familiar() + "\n");
      }
    }
    answer.end();
  }
}
