package io.jdocker.cli.copy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What the engine tells of a file in a container.
 *
 * @param linkTarget where a symbolic link leads, absolute; empty for other files
 */
record RemoteFile(boolean isFolder, String linkTarget) {
  private static final String HEADER = "X-Docker-Container-Path-Stat";
  private static final long GO_DIRECTORY = 1L << 31;

  /** Asks; empty when the engine knows of none, for whatever reason: the copy then says why. */
  static Optional<RemoteFile> find(ApiClient api, String container, String path)
      throws IOException {
    Query query = Query.of("/containers/", container, "/archive").with("path", path);
    try (Response response = api.open("HEAD", query)) {
      return Optional.of(of(response));
    } catch (ApiException unknown) {
      return Optional.empty();
    }
  }

  /** From the answer's header. */
  static RemoteFile of(Response response) throws IOException {
    String header =
        response
            .field(HEADER)
            .orElseThrow(() -> new IOException("the engine's answer lacks " + HEADER));
    String json = new String(Base64.getDecoder().decode(header), StandardCharsets.UTF_8);
    JsonObject stat = JsonParser.parseString(json).getAsJsonObject();
    return new RemoteFile(
        (stat.get("mode").getAsLong() & GO_DIRECTORY) != 0, stat.get("linkTarget").getAsString());
  }
}
