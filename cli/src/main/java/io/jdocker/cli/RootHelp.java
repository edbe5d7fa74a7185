package io.jdocker.cli;

import io.jdocker.cli.option.UsageText;
import java.util.ArrayList;
import java.util.List;

/** The help of the command itself: the one place that looks at every verb. */
final class RootHelp {
  private static final List<String> COMMON =
      List.of("run", "exec", "ps", "images", "explain", "version", "info");

  private RootHelp() {}

  static String text() {
    List<VerbList.Line> common = new ArrayList<>();
    List<VerbList.Line> others = new ArrayList<>();
    for (String name : COMMON) {
      common.add(line(name));
    }
    for (String name : TopLevelVerbs.names()) {
      if (!COMMON.contains(name)) {
        others.add(line(name));
      }
    }
    List<VerbList.Line> groups = new ArrayList<>();
    for (VerbGroup group : VerbGroup.values()) {
      groups.add(new VerbList.Line(group.word(), group.summary()));
    }
    return "Usage:  jdocker [OPTIONS] COMMAND\n\n"
        + "A container engine in Java that calls the Linux kernel directly\n\n"
        + "Common Commands:\n"
        + VerbList.text(common)
        + "\nManagement Commands:\n"
        + VerbList.text(groups)
        + "\nCommands:\n"
        + VerbList.text(others)
        + "\nGlobal Options:\n"
        + UsageText.options(GlobalOptions.table())
        + "\nRun 'jdocker COMMAND --help' for more information on a command.\n";
  }

  private static VerbList.Line line(String name) {
    return new VerbList.Line(name, TopLevelVerbs.find(name).orElseThrow().synopsis().summary());
  }
}
