package io.jdocker.cli.system;

import io.jdocker.cli.format.HumanDuration;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.format.TableWriter;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.template.GoStrings;
import java.time.Instant;
import java.util.List;

/** {@code jdocker system df -v}: object by object. */
final class SpaceDetails {
  private static final int SHORT_ID = 12;
  private static final int SHORT_COMMAND = 20;

  private final ApiObject usage;
  private final Instant now;
  private final StringBuilder text = new StringBuilder();

  SpaceDetails(ApiObject usage, Instant now) {
    this.usage = usage;
    this.now = now;
  }

  String text() {
    images();
    containers();
    volumes();
    cache();
    return text.toString();
  }

  private void images() {
    StringBuilder table = new StringBuilder();
    row(
        table,
        "REPOSITORY",
        "TAG",
        "IMAGE ID",
        "CREATED",
        "SIZE",
        "SHARED SIZE",
        "UNIQUE SIZE",
        "CONTAINERS");
    for (ApiObject image : usage.objects("Images")) {
      List<String> names = image.texts("RepoTags");
      for (String name : names.isEmpty() ? List.of("<none>:<none>") : names) {
        int colon = name.lastIndexOf(':');
        long shared = Math.max(0, image.number("SharedSize"));
        row(
            table,
            name.substring(0, colon),
            name.substring(colon + 1),
            shortId(image.text("Id")),
            ago(image),
            HumanSize.of(image.number("Size")),
            HumanSize.of(shared, 4),
            HumanSize.of(image.number("Size") - shared, 4),
            "" + image.number("Containers"));
      }
    }
    section("Images space usage:", table);
  }

  private void containers() {
    StringBuilder table = new StringBuilder();
    row(
        table,
        "CONTAINER ID",
        "IMAGE",
        "COMMAND",
        "LOCAL VOLUMES",
        "SIZE",
        "CREATED",
        "STATUS",
        "NAMES");
    for (ApiObject container : usage.objects("Containers")) {
      long volumes =
          container.objects("Mounts").stream()
              .filter(mount -> mount.text("Driver").equals("local"))
              .count();
      row(
          table,
          shortId(container.text("Id")),
          image(container.text("Image")),
          GoStrings.quote(command(container.text("Command"))),
          "" + volumes,
          HumanSize.of(container.number("SizeRw")),
          ago(container),
          container.text("Status"),
          String.join(",", container.texts("Names")).replaceFirst("^/", ""));
    }
    section("Containers space usage:", table);
  }

  private void volumes() {
    StringBuilder table = new StringBuilder();
    row(table, "VOLUME NAME", "LINKS", "SIZE");
    for (ApiObject volume : usage.objects("Volumes")) {
      ApiObject data = volume.object("UsageData");
      row(
          table,
          volume.text("Name"),
          "" + data.number("RefCount"),
          data.number("Size") < 0 ? "N/A" : HumanSize.of(data.number("Size"), 4));
    }
    section("Local Volumes space usage:", table);
  }

  private void cache() {
    long size = 0;
    StringBuilder table = new StringBuilder();
    row(table, "CACHE ID", "CACHE TYPE", "SIZE", "CREATED", "LAST USED", "USAGE", "SHARED");
    for (ApiObject entry : usage.objects("BuildCache")) {
      size += entry.isTrue("Shared") ? 0 : entry.number("Size");
      row(
          table,
          shortId(entry.text("ID")),
          entry.text("Type"),
          HumanSize.of(entry.number("Size")),
          moment(entry.text("CreatedAt")),
          moment(entry.text("LastUsedAt")),
          "" + entry.number("UsageCount"),
          "" + entry.isTrue("Shared"));
    }
    text.append("Build cache usage: ").append(HumanSize.of(size, 4)).append("\n\n");
    text.append(TableWriter.align(table.toString()));
  }

  private void section(String title, StringBuilder table) {
    text.append(title).append("\n\n").append(TableWriter.align(table.toString())).append('\n');
  }

  private static void row(StringBuilder table, String... cells) {
    table.append(String.join("\t", cells)).append('\n');
  }

  private String ago(ApiObject object) {
    return HumanDuration.ago(Instant.ofEpochSecond(object.number("Created")), now);
  }

  private String moment(String text) {
    return text.isEmpty() ? "" : HumanDuration.ago(Instant.parse(text), now);
  }

  private static String image(String image) {
    return image.startsWith("sha256:") ? shortId(image) : image;
  }

  private static String shortId(String id) {
    String hex = id.substring(id.indexOf(':') + 1);
    return hex.length() <= SHORT_ID ? hex : hex.substring(0, SHORT_ID);
  }

  private static String command(String command) {
    return command.codePointCount(0, command.length()) <= SHORT_COMMAND
        ? command
        : command.substring(0, command.offsetByCodePoints(0, SHORT_COMMAND - 1)) + "…";
  }
}
