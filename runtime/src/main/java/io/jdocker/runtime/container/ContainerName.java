package io.jdocker.runtime.container;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Container names: what is allowed, and what the engine chooses where the user does not. */
final class ContainerName {
  private static final Pattern FORM = Pattern.compile("/?[a-zA-Z0-9][a-zA-Z0-9_.-]+");

  private static final List<String> MANNERS =
      List.of(
          "agile", "amber", "brave", "brisk", "calm", "candid", "clever", "cosmic", "crisp",
          "eager", "fair", "fluent", "gentle", "golden", "happy", "honest", "jolly", "keen", "kind",
          "lively", "lucid", "mellow", "merry", "modest", "nimble", "noble", "patient", "placid",
          "polite", "prompt", "proud", "quick", "quiet", "ready", "robust", "serene", "sharp",
          "silent", "sincere", "sober", "solid", "steady", "subtle", "sunny", "swift", "tidy",
          "upbeat", "vivid", "warm", "wise");

  private static final List<String> PEOPLE =
      List.of(
          "abel",
          "ada",
          "babbage",
          "backus",
          "bartik",
          "bell",
          "bohr",
          "boole",
          "cerf",
          "church",
          "codd",
          "curie",
          "darwin",
          "dijkstra",
          "euler",
          "fermat",
          "floyd",
          "gauss",
          "germain",
          "goldberg",
          "gosling",
          "hamilton",
          "hamming",
          "hoare",
          "hopper",
          "hypatia",
          "kernighan",
          "kilby",
          "knuth",
          "lamport",
          "lamarr",
          "liskov",
          "mccarthy",
          "meitner",
          "naur",
          "newton",
          "noether",
          "pascal",
          "perlman",
          "ritchie",
          "shannon",
          "stallman",
          "tesla",
          "thompson",
          "torvalds",
          "turing",
          "volta",
          "wiles",
          "wirth",
          "wozniak");

  private ContainerName() {}

  /**
   * The name without Docker's leading slash.
   *
   * @throws InvalidArgument when it is no name
   */
  static String parse(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new InvalidArgument(
          "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }
    return name.startsWith("/") ? name.substring(1) : name;
  }

  /** A name that people can say, {@code brave_turing}. */
  static String random(RandomGenerator random) {
    return MANNERS.get(random.nextInt(MANNERS.size()))
        + "_"
        + PEOPLE.get(random.nextInt(PEOPLE.size()));
  }
}
