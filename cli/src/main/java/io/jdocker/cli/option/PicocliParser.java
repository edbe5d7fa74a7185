package io.jdocker.cli.option;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Parses a verb's words with picocli, after docker's (that is pflag's) rules and with its errors.
 */
public final class PicocliParser {
  private final Synopsis synopsis;

  public PicocliParser(Synopsis synopsis) {
    this.synopsis = synopsis;
  }

  /** The verb as picocli sees it; also what completion scripts are generated from. */
  public CommandSpec model() {
    CommandSpec spec = CommandSpec.create();
    spec.name(lastWord(synopsis.path()));
    spec.usageMessage().description(synopsis.summary());
    spec.parser()
        .stopAtPositional(synopsis.stopsAtArgument())
        .overwrittenOptionsAllowed(true)
        .allowOptionsAsOptionParameters(true)
        .unmatchedOptionsArePositionalParams(false);
    for (Flag flag : synopsis.flags().flags()) {
      spec.addOption(option(flag));
    }
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    return spec;
  }

  private static OptionSpec option(Flag flag) {
    List<String> names = new ArrayList<>(3);
    names.add("--" + flag.name());
    if (flag.hasShorthand()) {
      names.add("-" + flag.shorthand());
    }
    if (!flag.aliases().isEmpty()) {
      names.add("--" + flag.aliases());
    }
    OptionSpec.Builder option =
        OptionSpec.builder(names.toArray(new String[0]))
            .userObject(flag)
            .hidden(flag.hidden())
            .description(flag.help());
    if (flag.kind() == FlagKind.BOOL) {
      return option.type(boolean.class).build();
    }
    return option
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(flag.kind().label())
        .build();
  }

  /**
   * Parses and checks the words after the verb.
   *
   * @throws UsageException when a flag is wrong
   */
  public Parsed parse(List<String> words) {
    CommandLine.ParseResult result = match(words);
    Map<String, List<String>> values = new HashMap<>();
    for (OptionSpec option : result.matchedOptions()) {
      Flag flag = (Flag) option.userObject();
      List<String> given = option.originalStringValues();
      values.put(flag.name(), given.isEmpty() ? List.of("true") : List.copyOf(given));
    }
    values.forEach(this::check);
    // Arguments with flags between them match the one parameter several times, each with all
    // values.
    List<PositionalParamSpec> matched = result.matchedPositionals();
    List<String> arguments =
        matched.isEmpty() ? List.of() : List.copyOf(matched.get(0).originalStringValues());
    return new Parsed(synopsis.flags(), values, arguments);
  }

  private CommandLine.ParseResult match(List<String> words) {
    CommandLine line = new CommandLine(model());
    line.setExpandAtFiles(false);
    try {
      return line.parseArgs(words.toArray(new String[0]));
    } catch (CommandLine.UnmatchedArgumentException e) {
      throw wrongFlag(unknown(e.getUnmatched().get(0)));
    } catch (CommandLine.MissingParameterException e) {
      throw wrongFlag(missingValue(e, words));
    } catch (CommandLine.ParameterException e) {
      throw wrongFlag(refused(e));
    }
  }

  private void check(String name, List<String> given) {
    Flag flag = synopsis.flags().named(name);
    for (String value : given) {
      try {
        FlagValues.check(flag.kind(), value);
      } catch (IllegalArgumentException e) {
        throw wrongFlag(invalid(flag, value, e.getMessage()));
      }
    }
  }

  private static String refused(CommandLine.ParameterException e) {
    ArgSpec culprit = e.getArgSpec();
    if (culprit == null || !(culprit.userObject() instanceof Flag flag)) {
      return e.getMessage();
    }
    String value = e.getValue() == null ? "" : e.getValue();
    return invalid(flag, value, "strconv.ParseBool: parsing \"" + value + "\": invalid syntax");
  }

  private static String invalid(Flag flag, String value, String reason) {
    return "invalid argument \"" + value + "\" for \"" + flag.displayName() + "\" flag: " + reason;
  }

  private String unknown(String word) {
    if (word.startsWith("--")) {
      int equals = word.indexOf('=');
      return "unknown flag: " + (equals < 0 ? word : word.substring(0, equals));
    }
    int at = 1;
    while (at < word.length() - 1 && isShorthand(word.charAt(at))) {
      at++;
    }
    return "unknown shorthand flag: '" + word.charAt(at) + "' in -" + word.substring(at);
  }

  private boolean isShorthand(char letter) {
    for (Flag flag : synopsis.flags().flags()) {
      if (flag.shorthand() == letter) {
        return true;
      }
    }
    return false;
  }

  private static String missingValue(CommandLine.MissingParameterException e, List<String> words) {
    Flag flag = (Flag) e.getMissing().get(0).userObject();
    String last = words.get(words.size() - 1);
    return last.startsWith("--") || !flag.hasShorthand()
        ? "flag needs an argument: --" + flag.name()
        : "flag needs an argument: '" + flag.shorthand() + "' in " + last;
  }

  private UsageException wrongFlag(String problem) {
    return UsageException.wrongFlag(synopsis, problem);
  }

  private static String lastWord(String path) {
    return path.substring(path.lastIndexOf(' ') + 1);
  }
}
