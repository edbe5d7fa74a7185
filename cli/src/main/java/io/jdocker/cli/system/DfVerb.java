package io.jdocker.cli.system;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.format.Listing;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code jdocker system df}: what takes space, and how much of it nothing uses. */
public final class DfVerb implements Verb {
  private static final String TABLE =
      "{{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}";
  private static final Map<String, String> TITLES =
      Map.of(
          "Type", "TYPE",
          "TotalCount", "TOTAL",
          "Active", "ACTIVE",
          "Size", "SIZE",
          "Reclaimable", "RECLAIMABLE");

  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "system df",
        "[OPTIONS]",
        "Show docker disk usage",
        ArgumentCount.none(),
        Flags.list(
            new FlagTable()
                .add(FlagKind.BOOL, 'v', "verbose", "Show detailed information on space usage")));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String format = new Listing(TABLE, TITLES).checked(line.text("format"));
    ApiObject usage = ApiObject.of(session.api().get(Query.of("/system/df")));
    if (line.isSet("verbose") && format.isEmpty()) {
      session.console().print(new SpaceDetails(usage, Instant.now()).text());
      return 0;
    }
    List<Row> rows = List.of(images(usage), containers(usage), volumes(usage), cache(usage));
    session.console().print(new Listing(TABLE, TITLES).print(format, rows));
    return 0;
  }

  private static Row images(ApiObject usage) {
    List<ApiObject> images = usage.objects("Images");
    long active = 0;
    long used = 0;
    for (ApiObject image : images) {
      if (image.number("Containers") > 0) {
        active++;
        used += image.number("Size") - Math.max(0, image.number("SharedSize"));
      }
    }
    long size = usage.number("LayersSize");
    return row("Images", images.size(), active, size, Math.max(0, size - used), true);
  }

  private static Row containers(ApiObject usage) {
    List<ApiObject> containers = usage.objects("Containers");
    long active = 0;
    long size = 0;
    long free = 0;
    for (ApiObject container : containers) {
      size += container.number("SizeRw");
      String state = container.text("State");
      if (List.of("running", "paused", "restarting").contains(state)) {
        active++;
      } else {
        free += container.number("SizeRw");
      }
    }
    return row("Containers", containers.size(), active, size, free, true);
  }

  private static Row volumes(ApiObject usage) {
    List<ApiObject> volumes = usage.objects("Volumes");
    long active = 0;
    long size = 0;
    long free = 0;
    for (ApiObject volume : volumes) {
      ApiObject data = volume.object("UsageData");
      long own = Math.max(0, data.number("Size"));
      size += own;
      if (data.number("RefCount") > 0) {
        active++;
      } else {
        free += own;
      }
    }
    return row("Local Volumes", volumes.size(), active, size, free, true);
  }

  private static Row cache(ApiObject usage) {
    long size = 0;
    long free = 0;
    long active = 0;
    List<ApiObject> entries = usage.objects("BuildCache");
    for (ApiObject entry : entries) {
      if (entry.isTrue("InUse")) {
        active++;
      } else if (!entry.isTrue("Shared")) {
        free += entry.number("Size");
      }
      size += entry.isTrue("Shared") ? 0 : entry.number("Size");
    }
    return row("Build Cache", entries.size(), active, size, free, false);
  }

  private static Row row(
      String type, long total, long active, long size, long free, boolean inPercent) {
    String share = size > 0 && inPercent ? " (" + free * 100 / size + "%)" : "";
    return new Row("*formatter.diskUsageContext", Map.of())
        .with("Type", type)
        .with("TotalCount", "" + total)
        .with("Active", "" + active)
        .with("Size", HumanSize.of(size, 4))
        .with("Reclaimable", HumanSize.of(free, 4) + share);
  }
}
