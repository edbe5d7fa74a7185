package io.jdocker.cli.completion;

import io.jdocker.cli.VerbTree;
import io.jdocker.cli.option.Flag;

/** The completion script for fish, which picocli does not make. */
final class FishCompletion {
  private static final String HEAD =
      """
      # jdocker: completion for fish
      function __jdocker_at
          set -l words (commandline -opc)[2..-1]
          set -l verb
          for word in $words
              string match -q -- '-*' $word; or set -a verb $word
          end
          test (string join ' ' -- $verb[1..(count $argv)]) = (string join ' ' -- $argv)
      end
      function __jdocker_start
          set -l words (commandline -opc)
          test (count $words) -eq 1
      end
      complete -c jdocker -f
      """;

  private FishCompletion() {}

  static String script() {
    StringBuilder script = new StringBuilder(HEAD);
    for (String[] group : VerbTree.groups()) {
      script.append("complete -c jdocker -n __jdocker_start -a ").append(group[0]);
      script.append(" -d ").append(quoted(group[1])).append('\n');
    }
    for (VerbTree.Entry entry : VerbTree.entries()) {
      verb(script, entry);
      for (Flag flag : entry.synopsis().flags().flags()) {
        flag(script, entry.words(), flag);
      }
    }
    return script.toString();
  }

  private static void verb(StringBuilder script, VerbTree.Entry entry) {
    int blank = entry.words().indexOf(' ');
    String condition =
        blank < 0 ? "__jdocker_start" : quoted("__jdocker_at " + entry.words().substring(0, blank));
    script.append("complete -c jdocker -n ").append(condition).append(" -a ");
    script.append(entry.words().substring(blank + 1));
    script.append(" -d ").append(quoted(entry.synopsis().summary())).append('\n');
  }

  private static void flag(StringBuilder script, String words, Flag flag) {
    script.append("complete -c jdocker -n ").append(quoted("__jdocker_at " + words));
    script.append(" -l ").append(flag.name());
    if (flag.shorthand() != Flag.NO_SHORTHAND) {
      script.append(" -s ").append(flag.shorthand());
    }
    if (!flag.kind().label().isEmpty()) {
      script.append(" -r");
    }
    int lineEnd = flag.help().indexOf('\n');
    String help = lineEnd < 0 ? flag.help() : flag.help().substring(0, lineEnd);
    script.append(" -d ").append(quoted(help)).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
