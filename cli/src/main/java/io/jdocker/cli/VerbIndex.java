package io.jdocker.cli;

import io.jdocker.cli.compose.ComposeVerbs;
import io.jdocker.cli.option.UsageException;
import io.jdocker.cli.option.UsageText;
import java.util.List;
import java.util.Optional;

/** From the typed words to the verb. Only the verb that was typed is made. */
public final class VerbIndex {
  private static final int UNSUPPORTED = 125;

  /**
   * What the words name.
   *
   * @param verb empty when a group was named without a verb
   * @param path the verb's words, without those that only stand for others
   * @param rest the words after the verb
   * @param groupHelp the group's help, when there is no verb
   */
  record Found(Optional<Verb> verb, String path, List<String> rest, String groupHelp) {}

  private VerbIndex() {}

  static Found find(List<String> words) {
    String first = words.get(0);
    Optional<VerbGroup> group = VerbGroup.named(first);
    if (group.isEmpty()) {
      Optional<Verb> verb = TopLevelVerbs.find(first);
      if (verb.isEmpty()) {
        throw missing(first, "", false);
      }
      return new Found(verb, first, words.subList(1, words.size()), "");
    }
    if (group.get() == VerbGroup.COMPOSE) {
      return compose(group.get(), words.subList(1, words.size()));
    }
    if (words.size() == 1 || words.get(1).equals("--help") || words.get(1).equals("-h")) {
      return new Found(Optional.empty(), "", List.of(), group.get().help());
    }
    String second = words.get(1);
    Optional<Verb> verb = group.get().find(second);
    if (verb.isEmpty()) {
      throw missing(first + " " + second, first, group.get().isPlanned(second));
    }
    return new Found(verb, group.get().path(second), words.subList(2, words.size()), "");
  }

  /** Compose has options of its own between its name and the verb. */
  private static Found compose(VerbGroup group, List<String> words) {
    ComposeVerbs.Found found = ComposeVerbs.find(words);
    if (found.name().isEmpty()) {
      return new Found(Optional.empty(), "", List.of(), group.help());
    }
    if (found.verb().isEmpty()) {
      throw missing("compose " + found.name(), "compose", group.isPlanned(found.name()));
    }
    return new Found(found.verb(), group.path(found.name()), found.rest(), "");
  }

  private static RuntimeException missing(String words, String group, boolean isPlanned) {
    String program = UsageText.PROGRAM;
    if (isPlanned) {
      return new CommandFailure(
          program + ": '" + words + "' is a docker command that jdocker does not support yet",
          UNSUPPORTED);
    }
    String usage = group.isEmpty() ? "" : "Usage:  " + program + " " + group + "\n\n";
    String call = group.isEmpty() ? program : program + " " + group;
    return new UsageException(
        program
            + ": unknown command: "
            + program
            + " "
            + words
            + "\n\n"
            + usage
            + "Run '"
            + call
            + " --help' for more information",
        1);
  }
}
