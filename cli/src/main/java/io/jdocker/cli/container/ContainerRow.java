package io.jdocker.cli.container;

import io.jdocker.cli.format.HumanDuration;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.template.GoStrings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;

/** One line of {@code ps}, from one object of GET /containers/json. */
final class ContainerRow {
  private static final int SHORT_ID = 12;
  private static final int SHORT_COMMAND = 20;
  private static final int SHORT_MOUNT = 15;

  private final ApiObject container;
  private final boolean whole;

  /**
   * Wraps a list item.
   *
   * @param whole true for {@code --no-trunc}
   */
  ContainerRow(ApiObject container, boolean whole) {
    this.container = container;
    this.whole = whole;
  }

  Row row(Instant now) {
    Instant created = Instant.ofEpochSecond(container.number("Created"));
    Map<String, String> labels = container.map("Labels");
    return new Row("*formatter.ContainerContext", labels)
        .with("ID", cut(container.text("Id"), SHORT_ID))
        .with("Names", names())
        .with("Image", image())
        .with("Command", GoStrings.quote(shortened(container.text("Command"), SHORT_COMMAND)))
        .withMoment("CreatedAt", created)
        .with("RunningFor", HumanDuration.ago(created, now))
        .with("Ports", PortList.text(container.objects("Ports")))
        .with("State", container.text("State"))
        .with("Status", container.text("Status"))
        .with("Size", size())
        .with("Labels", joined(labels))
        .with("Mounts", mounts())
        .with("LocalVolumes", "" + localVolumes())
        .with("Networks", networks())
        .withNil("Platform");
  }

  private String cut(String text, int length) {
    return whole || text.length() <= length ? text : text.substring(0, length);
  }

  /** Ends with an ellipsis where something was left out. */
  private String shortened(String text, int length) {
    return whole || text.codePointCount(0, text.length()) <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "…";
  }

  /** Without the leading slash; the names that links gave have a second one and are left out. */
  private String names() {
    StringJoiner names = new StringJoiner(",");
    for (String name : container.texts("Names")) {
      String bare = name.startsWith("/") ? name.substring(1) : name;
      if (whole || bare.indexOf('/') < 0) {
        names.add(bare);
      }
    }
    return names.toString();
  }

  private String image() {
    String image = container.text("Image");
    if (image.isEmpty()) {
      return "<no image>";
    }
    if (whole) {
      return image;
    }
    if (image.startsWith("sha256:")) {
      return image.substring("sha256:".length(), Math.min(image.length(), 19));
    }
    int digest = image.indexOf('@');
    return digest < 0 ? image : image.substring(0, digest);
  }

  private String size() {
    String written = HumanSize.of(container.number("SizeRw"));
    long total = container.number("SizeRootFs");
    return total > 0 ? written + " (virtual " + HumanSize.of(total) + ")" : written;
  }

  private static String joined(Map<String, String> labels) {
    StringJoiner joined = new StringJoiner(",");
    new TreeMap<>(labels).forEach((name, value) -> joined.add(name + "=" + value));
    return joined.toString();
  }

  private String mounts() {
    List<String> mounts = new ArrayList<>();
    for (ApiObject mount : container.objects("Mounts")) {
      String name = mount.text("Name").isEmpty() ? mount.text("Source") : mount.text("Name");
      mounts.add(shortened(name, SHORT_MOUNT));
    }
    return String.join(",", mounts);
  }

  private int localVolumes() {
    int count = 0;
    for (ApiObject mount : container.objects("Mounts")) {
      if (mount.text("Driver").equals("local")) {
        count++;
      }
    }
    return count;
  }

  private String networks() {
    return String.join(
        ",", new TreeSet<>(container.object("NetworkSettings").object("Networks").names()));
  }
}
