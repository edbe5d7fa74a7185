package io.jdocker.cli.option;

import java.util.List;

/**
 * What a verb looks like from outside.
 *
 * @param path the words that call it: {@code network create}
 * @param usage what follows them: {@code [OPTIONS] NETWORK}
 * @param summary one line for the lists
 * @param aliases the full spellings, {@code container ls}, empty when there is only one
 * @param stopsAtArgument true when all after the first argument belongs to the container
 */
public record Synopsis(
    String path,
    String usage,
    String summary,
    List<String> aliases,
    ArgumentCount arguments,
    boolean stopsAtArgument,
    FlagTable flags) {

  public static Synopsis of(
      String path, String usage, String summary, ArgumentCount arguments, FlagTable flags) {
    return new Synopsis(path, usage, summary, List.of(), arguments, false, flags);
  }

  /** The same under further spellings, shown in the help in this order. */
  public Synopsis alsoCalled(String... spellings) {
    return new Synopsis(
        path, usage, summary, List.of(spellings), arguments, stopsAtArgument, flags);
  }

  /** The same under the words that were typed: {@code container ls} for {@code ps}. */
  public Synopsis at(String words) {
    return new Synopsis(words, usage, summary, aliases, arguments, stopsAtArgument, flags);
  }

  /** The same, but flags after the first argument are the container's. */
  public Synopsis stoppingAtArgument() {
    return new Synopsis(path, usage, summary, aliases, arguments, true, flags);
  }
}
