package io.jdocker.daemon.build;

import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Handler;
import io.jdocker.daemon.images.RegistryAuth;
import io.jdocker.images.Digest;
import io.jdocker.images.ImageReference;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.build.BuildInputs;
import io.jdocker.runtime.build.BuildRequest;
import io.jdocker.runtime.build.Cancellation;
import io.jdocker.runtime.build.CommandFailed;
import io.jdocker.runtime.build.ExportForm;
import io.jdocker.runtime.build.ImageBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
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
    Optional<ExportForm> form = exchange.query().text("jdocker-export").map(BuildEndpoint::form);
    Digest id;
    try {
      ImageBuilder builder = engine.get().builder();
      if (form.isPresent()) {
        try (OutputStream out = answer.exported()) {
          id = builder.export(request, body, answer, cancellation, form.get(), out);
        }
      } else {
        id = builder.build(request, body, answer, cancellation).id();
      }
    } catch (CommandFailed e) {
      answer.fail(e.getMessage(), e.exitCode());
      return;
    } catch (RuntimeException e) {
      answer.fail(e);
      return;
    }
    answer.built(id);
    if (quiet) {
      answer.always(id + "\n");
    } else if (form.isEmpty()) {
      answer.text("Successfully built " + id.shortHex() + "\n");
      for (ImageReference tag : request.tags()) {
        answer.text("Successfully tagged " + tag.familiar() + "\n");
      }
    }
    answer.end();
  }

  private static ExportForm form(String text) {
    return switch (text) {
      case "rootfs" -> ExportForm.ROOTFS;
      case "archive" -> ExportForm.ARCHIVE;
      default -> throw new InvalidArgument("unknown form of export: " + text);
    };
  }
}
