package io.jdocker.cli.system;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.Version;
import io.jdocker.cli.format.Document;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.format.Timestamps;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** {@code jdocker version}: the command's and the engine's. */
public final class VersionVerb implements Verb {
  private static final String NEWEST = "1.51";
  private static final int LABEL_WIDTH = 19;
  private static final int DETAIL_WIDTH = 18;

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "version",
        "[OPTIONS]",
        "Show the Docker version information",
        ArgumentCount.none(),
        Flags.document(new FlagTable()));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Optional<JsonElement> server = Optional.empty();
    String unreachable = "";
    String apiVersion = NEWEST;
    try {
      server = Optional.of(session.api().get(Query.of("/version")));
      apiVersion = session.api().apiVersion();
    } catch (CommandFailure e) {
      unreachable = e.getMessage();
    }
    JsonObject client = client(apiVersion);
    String format = line.text("format");
    if (format.isEmpty()) {
      session.console().print(text(ApiObject.of(client), server));
    } else {
      JsonObject both = new JsonObject();
      both.add("Client", client);
      if (server.isPresent()) {
        both.add("Server", server.get());
      }
      session.console().printLine(Document.print(format, both));
    }
    if (!unreachable.isEmpty()) {
      session.console().error(unreachable);
      return 1;
    }
    return 0;
  }

  private static JsonObject client(String apiVersion) {
    JsonObject client = new JsonObject();
    client.addProperty("Version", Version.current());
    client.addProperty("ApiVersion", apiVersion);
    client.addProperty("DefaultAPIVersion", NEWEST);
    client.addProperty("JavaVersion", System.getProperty("java.version"));
    client.addProperty("Os", "linux");
    client.addProperty("Arch", goArchitecture(System.getProperty("os.arch")));
    client.addProperty("Context", "default");
    return client;
  }

  private static String goArchitecture(String java) {
    return java.equals("aarch64") ? "arm64" : java;
  }

  private static String text(ApiObject client, Optional<JsonElement> server) {
    StringBuilder text = new StringBuilder("Client:\n");
    line(text, LABEL_WIDTH, "Version:", client.text("Version"));
    line(text, LABEL_WIDTH, "API version:", spoken(client));
    line(text, LABEL_WIDTH, "Java version:", client.text("JavaVersion"));
    line(text, LABEL_WIDTH, "OS/Arch:", client.text("Os") + "/" + client.text("Arch"));
    line(text, LABEL_WIDTH, "Context:", client.text("Context"));
    if (server.isPresent()) {
      server(text, ApiObject.of(server.get()));
    }
    return text.toString();
  }

  private static String spoken(ApiObject client) {
    String version = client.text("ApiVersion");
    return version.equals(NEWEST) ? version : version + " (downgraded from " + NEWEST + ")";
  }

  private static void server(StringBuilder text, ApiObject server) {
    String platform = server.object("Platform").text("Name");
    text.append("\nServer:").append(platform.isEmpty() ? "" : " " + platform).append('\n');
    text.append(" Engine:\n");
    String api =
        server.text("ApiVersion") + " (minimum version " + server.text("MinAPIVersion") + ")";
    String indent = " ";
    line(text.append(indent), DETAIL_WIDTH, "Version:", server.text("Version"));
    line(text.append(indent), DETAIL_WIDTH, "API version:", api);
    line(text.append(indent), DETAIL_WIDTH, "Go version:", server.text("GoVersion"));
    line(text.append(indent), DETAIL_WIDTH, "Git commit:", server.text("GitCommit"));
    line(
        text.append(indent), DETAIL_WIDTH, "Built:", Timestamps.calendar(server.text("BuildTime")));
    line(
        text.append(indent),
        DETAIL_WIDTH,
        "OS/Arch:",
        server.text("Os") + "/" + server.text("Arch"));
    line(text.append(indent), DETAIL_WIDTH, "Experimental:", "" + server.isTrue("Experimental"));
    for (ApiObject component : server.objects("Components")) {
      if (!component.text("Name").equals("Engine")) {
        text.append(' ').append(component.text("Name")).append(":\n");
        line(text.append(indent), DETAIL_WIDTH, "Version:", component.text("Version"));
        for (Map.Entry<String, String> detail : component.map("Details").entrySet()) {
          line(text.append(indent), DETAIL_WIDTH, detail.getKey() + ":", detail.getValue());
        }
      }
    }
  }

  private static void line(StringBuilder text, int width, String label, String value) {
    text.append(' ').append(label).append(" ".repeat(Math.max(1, width - label.length())));
    text.append(value).append('\n');
  }
}
