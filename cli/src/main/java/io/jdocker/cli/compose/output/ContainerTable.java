package io.jdocker.cli.compose.output;

import io.jdocker.cli.compose.engine.ServiceContainer;
import io.jdocker.cli.container.PortList;
import io.jdocker.cli.format.HumanDuration;
import io.jdocker.cli.format.Listing;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.template.GoStrings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table of {@code compose ps}. */
public final class ContainerTable {
  private static final int SHORT_COMMAND = 20;

  private static final String TABLE =
      "{{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}";

  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("ID", "CONTAINER ID"),
          Map.entry("Name", "NAME"),
          Map.entry("Image", "IMAGE"),
          Map.entry("Command", "COMMAND"),
          Map.entry("Service", "SERVICE"),
          Map.entry("Project", "PROJECT"),
          Map.entry("RunningFor", "CREATED"),
          Map.entry("CreatedAt", "CREATED AT"),
          Map.entry("State", "STATE"),
          Map.entry("Status", "STATUS"),
          Map.entry("Health", "HEALTH"),
          Map.entry("ExitCode", "EXIT CODE"),
          Map.entry("Labels", "LABELS"),
          Map.entry("Ports", "PORTS"));

  private final boolean whole;

  /** Prepares it; {@code whole} shows long texts uncut. */
  public ContainerTable(boolean whole) {
    this.whole = whole;
  }

  /** The text in a format: empty for the table. */
  public String text(List<ServiceContainer> containers, String format, String project) {
    Instant now = Instant.now();
    List<Row> rows = new ArrayList<>();
    for (ServiceContainer container : containers) {
      rows.add(row(container, project, now));
    }
    return new Listing(TABLE, TITLES).print(format, rows);
  }

  private Row row(ServiceContainer container, String project, Instant now) {
    ApiObject listed = container.listed();
    String status = listed.text("Status");
    Instant created = Instant.ofEpochSecond(listed.number("Created"));
    return new Row("*formatter.ContainerContext", container.labels())
        .with("ID", whole ? container.id() : container.id().substring(0, 12))
        .with("Name", container.name())
        .with("Image", container.image())
        .with("Command", GoStrings.quote(shortened(listed.text("Command"))))
        .with("Service", container.service())
        .with("Project", project)
        .with("RunningFor", HumanDuration.ago(created, now))
        .withMoment("CreatedAt", created)
        .with("State", container.state())
        .with("Status", status)
        .with("Health", health(status))
        .with("ExitCode", exitCode(status))
        .with("Labels", labels(container.labels()))
        .with("Ports", PortList.text(listed.objects("Ports")));
  }

  private String shortened(String command) {
    return whole || command.codePointCount(0, command.length()) <= SHORT_COMMAND
        ? command
        : command.substring(0, command.offsetByCodePoints(0, SHORT_COMMAND - 1)) + "…";
  }

  /** {@code Up 3 seconds (healthy)}. */
  private static String health(String status) {
    for (String word : List.of("unhealthy", "healthy", "starting")) {
      if (status.contains(word + ")")) {
        return word;
      }
    }
    return "";
  }

  /** {@code Exited (3) 2 minutes ago}. */
  private static String exitCode(String status) {
    return status.startsWith("Exited (")
        ? status.substring("Exited (".length(), status.indexOf(')'))
        : "0";
  }

  private static String labels(Map<String, String> labels) {
    List<String> pairs = new ArrayList<>();
    new java.util.TreeMap<>(labels).forEach((name, value) -> pairs.add(name + "=" + value));
    return String.join(",", pairs);
  }
}
