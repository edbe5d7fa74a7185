package io.jdocker.cli.container;

import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.container.request.ContainerRequest;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.image.ImageName;
import io.jdocker.cli.image.Progress;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.registry.RegistryAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates a container: the request, the image when it is missing, the id file. */
final class NewContainer {
  private static final int REFUSED = 125;
  private static final int INTERNAL = 500;

  private final int failure;

  private final Session session;
  private final Parsed line;

  /**
   * Prepares it.
   *
   * @param failure the exit code when the image or the id file cannot be taken
   */
  NewContainer(Session session, Parsed line, int failure) {
    this.failure = failure;
    this.session = session;
    this.line = line;
  }

  /** Creates it and returns its id. */
  String create(ContainerRequest request) throws IOException {
    JsonObject body = request.build(Path.of("").toAbsolutePath());
    if (request.isTty()) {
      TerminalGuard.addConsoleSize(body.getAsJsonObject("HostConfig"));
    }
    for (String server : line.list("dns")) {
      if (ContainerRequest.isLocal(server)) {
        session.console().error("WARNING: Localhost DNS (" + server + ") may fail in containers.");
      }
    }
    checkImage(request.image());
    String idFile = line.text("cidfile");
    if (!idFile.isEmpty() && Files.exists(Path.of(idFile))) {
      throw new CommandFailure(
          "container ID file found, make sure the other container isn't running or delete "
              + idFile,
          failure);
    }
    ApiObject created = send(request, body);
    for (String warning : created.texts("Warnings")) {
      session.console().error("WARNING: " + warning);
    }
    String id = created.text("Id");
    if (!idFile.isEmpty()) {
      Files.writeString(Path.of(idFile), id);
    }
    return id;
  }

  private void checkImage(String image) {
    try {
      ImageName.check(image);
    } catch (CommandFailure e) {
      throw new CommandFailure(e.getMessage(), failure);
    }
  }

  private ApiObject send(ContainerRequest request, JsonObject body) throws IOException {
    ApiClient api = session.api();
    String policy = line.find("pull").orElse("missing");
    switch (policy) {
      case "always" -> pull(request.image());
      case "missing", "never" -> {
        // Decided by the daemon's answer.
      }
      default ->
          throw new CommandFailure(
              "invalid pull option: '"
                  + policy
                  + "': must be one of \"always\", \"missing\" or \"never\"",
              REFUSED);
    }
    Query query =
        Query.of("/containers/create")
            .with("name", line.text("name"))
            .with("platform", line.text("platform"));
    try {
      return ApiObject.of(api.post(query, body));
    } catch (ApiException e) {
      if (!e.isNotFound() || !isOfImage(e.getMessage()) || policy.equals("never")) {
        throw e;
      }
    }
    if (!line.isSet("quiet")) {
      session
          .console()
          .error("Unable to find image '" + ImageName.familiar(request.image()) + "' locally");
    }
    pull(request.image());
    return ApiObject.of(api.post(query, body));
  }

  /** No image, or one of another platform than was asked for. */
  private static boolean isOfImage(String message) {
    return message.contains("No such image") || message.startsWith("image with reference ");
  }

  private void pull(String image) throws IOException {
    Query query =
        Query.of("/images/create")
            .with("fromImage", ImageName.repository(image))
            .with("tag", ImageName.tagOrDigest(image))
            .with("platform", line.text("platform"));
    try {
      Progress.onErrors(session, line.isSet("quiet"))
          .follow(session.api().open("POST", query, RegistryAccess.fields(session, image)));
    } catch (CommandFailure e) {
      // So that run and create each end as they do when the daemon refuses at once.
      throw new ApiException(INTERNAL, e.getMessage());
    }
  }
}
