package io.jdocker.cli;

import io.jdocker.cli.option.PicocliParser;
import io.jdocker.cli.option.Synopsis;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Every verb at once: for completion scripts only, as making all models takes long. */
public final class VerbTree {
  /** A verb under the words that call it. */
  public record Entry(String words, Synopsis synopsis) {}

  private VerbTree() {}

  /** All verbs, those of groups as {@code network ls}. */
  public static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (String name : TopLevelVerbs.names()) {
      entries.add(new Entry(name, TopLevelVerbs.find(name).orElseThrow().synopsis()));
    }
    for (VerbGroup group : VerbGroup.values()) {
      for (String verb : group.verbs()) {
        entries.add(
            new Entry(group.word() + " " + verb, group.find(verb).orElseThrow().synopsis()));
      }
    }
    return entries;
  }

  /** The groups: word and summary. */
  public static List<String[]> groups() {
    List<String[]> groups = new ArrayList<>();
    for (VerbGroup group : VerbGroup.values()) {
      groups.add(new String[] {group.word(), group.summary()});
    }
    return groups;
  }

  /** The whole command as one picocli model. */
  public static CommandSpec model() {
    CommandSpec root =
        new PicocliParser(
                Synopsis.of(
                    "jdocker",
                    "[OPTIONS] COMMAND",
                    "A container engine",
                    io.jdocker.cli.option.ArgumentCount.atLeast(0),
                    GlobalOptions.table()))
            .model();
    for (VerbGroup group : VerbGroup.values()) {
      CommandSpec spec = CommandSpec.create().name(group.word());
      for (String verb : group.verbs()) {
        spec.addSubcommand(
            verb, new PicocliParser(group.find(verb).orElseThrow().synopsis()).model());
      }
      root.addSubcommand(group.word(), spec);
    }
    for (String name : TopLevelVerbs.names()) {
      root.addSubcommand(
          name, new PicocliParser(TopLevelVerbs.find(name).orElseThrow().synopsis()).model());
    }
    return root;
  }
}
