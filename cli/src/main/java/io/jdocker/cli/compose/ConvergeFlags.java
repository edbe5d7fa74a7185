package io.jdocker.cli.compose;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.compose.act.Creation;
import io.jdocker.cli.compose.act.Creation.Recreate;
import io.jdocker.cli.compose.act.Images;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/** The flags that {@code up} and {@code create} have in common. */
final class ConvergeFlags {
  private ConvergeFlags() {}

  static FlagTable add(FlagTable flags) {
    return flags
        .add(FlagKind.BOOL, "always-recreate-deps", "Recreate dependent containers")
        .add(FlagKind.BOOL, "build", "Build images before starting containers")
        .add(
            FlagKind.BOOL,
            "force-recreate",
            "Recreate containers even if their configuration and image haven't changed")
        .add(FlagKind.BOOL, "no-build", "Don't build an image, even if it's policy")
        .add(
            FlagKind.BOOL,
            "no-recreate",
            "If containers already exist, don't recreate them. Incompatible with --force-recreate")
        .add(
            FlagKind.STRING, "pull", "Pull image before running (\"always\"|\"missing\"|\"never\")")
        .add(FlagKind.BOOL, "quiet-pull", "Pull without printing progress information")
        .add(
            FlagKind.BOOL,
            "remove-orphans",
            "Remove containers for services not defined in the Compose file")
        .add(
            FlagKind.BOOL,
            'V',
            "renew-anon-volumes",
            "Recreate anonymous volumes instead of retrieving data from the previous containers")
        .add(
            FlagKind.LIST,
            "scale",
            "Scale SERVICE to NUM instances. Overrides the scale setting in the Compose file")
        .add(
            FlagKind.INT,
            't',
            "timeout",
            "Use this timeout in seconds for container shutdown when attached or when containers"
                + " are already running")
        .add(FlagKind.BOOL, 'y', "yes", "Assume \"yes\" as answer to all prompts");
  }

  static void check(Parsed line) {
    if (line.isSet("force-recreate") && line.isSet("no-recreate")) {
      throw new CommandFailure("--force-recreate and --no-recreate are incompatible");
    }
    if (line.isSet("build") && line.isSet("no-build")) {
      throw new CommandFailure("--build and --no-build are incompatible");
    }
    if (!line.text("pull").matches("|always|missing|never|build")) {
      throw new CommandFailure("invalid pull policy: " + line.text("pull"));
    }
  }

  static String timeout(Parsed line) {
    return line.text("timeout");
  }

  static Images.Wishes images(Parsed line) {
    return new Images.Wishes(
        line.isSet("build"), line.isSet("no-build"), line.text("pull"), line.isSet("quiet-pull"));
  }

  static Creation.Wishes wishes(Parsed line) {
    Recreate services = Recreate.WHEN_CHANGED;
    if (line.isSet("force-recreate")) {
      services = Recreate.ALWAYS;
    } else if (line.isSet("no-recreate")) {
      services = Recreate.NEVER;
    }
    Recreate others = line.isSet("always-recreate-deps") ? Recreate.ALWAYS : Recreate.WHEN_CHANGED;
    return new Creation.Wishes(
        services,
        services == Recreate.NEVER ? Recreate.NEVER : others,
        scale(line),
        timeout(line),
        line.isSet("renew-anon-volumes"),
        new LinkedHashSet<>(line.arguments()));
  }

  private static Map<String, Integer> scale(Parsed line) {
    return scale(line.list("scale"));
  }

  /** {@code web=3} and the like. */
  static Map<String, Integer> scale(Iterable<String> texts) {
    Map<String, Integer> scale = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String count = text.substring(equals + 1);
      if (equals <= 0 || !count.matches("\\d{1,6}")) {
        throw new CommandFailure("invalid --scale option \"" + text + "\". Should be SERVICE=NUM");
      }
      scale.put(text.substring(0, equals), Integer.parseInt(count));
    }
    return scale;
  }
}
