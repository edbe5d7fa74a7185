package io.jdocker.cli.option;

import java.util.List;
import java.util.Optional;

/** Parses the words after a verb: the plain way where that is enough, else with picocli. */
public final class CommandLineParser {
  private static final int WRONG_ARGUMENTS = 1;

  private final Synopsis synopsis;

  public CommandLineParser(Synopsis synopsis) {
    this.synopsis = synopsis;
  }

  /**
   * Parses and checks.
   *
   * @throws UsageException when a flag or the number of arguments is wrong
   */
  public Parsed parse(List<String> words) {
    Optional<Parsed> plain = new PlainParser(synopsis).parse(words);
    Parsed parsed = plain.isPresent() ? plain.get() : new PicocliParser(synopsis).parse(words);
    boolean isHelp = parsed.isSet("help");
    if (!isHelp && !synopsis.arguments().accepts(parsed.arguments().size())) {
      throw wrongCount();
    }
    return parsed;
  }

  private UsageException wrongCount() {
    String call = UsageText.PROGRAM + " " + synopsis.path();
    String verb = synopsis.arguments().most() == ArgumentCount.ANY ? "See" : "Run";
    return new UsageException(
        UsageText.PROGRAM
            + ": '"
            + call
            + "' "
            + synopsis.arguments().rule()
            + "\n\nUsage:  "
            + UsageText.line(synopsis)
            + "\n\n"
            + verb
            + " '"
            + call
            + " --help' for more information",
        WRONG_ARGUMENTS);
  }
}
