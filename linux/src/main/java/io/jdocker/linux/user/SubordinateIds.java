package io.jdocker.linux.user;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The ids that /etc/subuid and /etc/subgid lend to a user, see subuid(5), as {@code --userns-remap}
 * names them. Accounts are read from passwd and group as files: no NSS is loaded.
 */
public final class SubordinateIds {
  /** Stands for {@link #DEFAULT_USER}. */
  private static final String DEFAULT = "default";

  /** Docker's, and with the same ranges. */
  private static final String DEFAULT_USER = "dockremap";

  /** useradd(8)'s SUB_UID_MIN, and what one user gets. */
  private static final long FIRST = 100000;

  private static final long COUNT = 65536;

  private final Path etc;

  /**
   * @param etc the folder of the five files
   */
  public SubordinateIds(Path etc) {
    this.etc = etc;
  }

  /**
   * The mapping for {@code default}, {@code USER[:GROUP]} or {@code UID[:GID]}. Where there are no
   * ranges for {@code default} yet, they are added to both files, as Docker does.
   *
   * @return none for root, who cannot be somebody else
   * @throws InvalidArgument in Docker's words
   */
  public IdMapping mapping(String wanted) {
    String[] parts = wanted.split(":", -1);
    if (parts.length > 2) {
      throw new InvalidArgument(
          "Invalid user/group specification in --userns-remap: \"" + wanted + '"');
    }
    if (parts[0].equals(DEFAULT) && parts.length == 1) {
      addDefault("subuid");
      addDefault("subgid");
      return ofNames(DEFAULT_USER, DEFAULT_USER);
    }
    String user = account("passwd", "uid", parts[0]);
    String group = parts.length == 2 ? parts[1] : isNumber(parts[0]) ? parts[0] : user;
    String groupName = account("group", "gid", group);
    return user.equals("root") ? IdMapping.none() : ofNames(user, groupName);
  }

  private IdMapping ofNames(String user, String group) {
    return new IdMapping(ranges("subuid", "user", user), ranges("subgid", "group", group));
  }

  /** The ranges one after another, the lowest first. */
  private List<IdRange> ranges(String file, String kind, String owner) {
    List<long[]> lent = new ArrayList<>();
    for (String line : lines(file)) {
      String[] fields = line.split(":", -1);
      if (fields.length == 3 && fields[0].equals(owner)) {
        lent.add(new long[] {number(file, line, fields[1]), number(file, line, fields[2])});
      }
    }
    if (lent.isEmpty()) {
      throw new InvalidArgument(
          "Can't create ID mappings: no "
              + file
              + " ranges found for "
              + kind
              + " \""
              + owner
              + '"');
    }
    lent.sort(Comparator.comparingLong(range -> range[0]));
    List<IdRange> ranges = new ArrayList<>();
    long inside = 0;
    for (long[] range : lent) {
      ranges.add(new IdRange(inside, range[0], range[1]));
      inside += range[1];
    }
    return ranges;
  }

  private String account(String file, String kind, String wanted) {
    boolean number = isNumber(wanted);
    int field = number ? 2 : 0;
    Optional<String> name =
        lines(file).stream()
            .map(line -> line.split(":", -1))
            .filter(fields -> fields.length > 2 && fields[field].equals(wanted))
            .map(fields -> fields[0])
            .findFirst();
    return name.orElseThrow(
        () -> {
          String why = "getent unable to find entry \"" + wanted + "\" in " + file + " database";
          String lookup = kind.equals("gid") ? "groupname" : kind;
          return new InvalidArgument(
              number
                  ? (kind.equals("gid") ? "Gid " : "Uid ")
                      + wanted
                      + " has no entry in /etc/"
                      + file
                      + ": "
                      + why
                  : "Error during " + lookup + " lookup for \"" + wanted + "\": " + why);
        });
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private long number(String file, String line, String text) {
    if (!isNumber(text) || text.length() > 10) {
      throw new InvalidArgument(
          "Can't create ID mappings: " + etc.resolve(file) + " has a bad line: " + line);
    }
    return Long.parseLong(text);
  }

  private void addDefault(String file) {
    long next = FIRST;
    for (String line : lines(file)) {
      String[] fields = line.split(":", -1);
      if (fields[0].equals(DEFAULT_USER)) {
        return;
      }
      if (fields.length == 3) {
        next = Math.max(next, number(file, line, fields[1]) + number(file, line, fields[2]));
      }
    }
    // Appended by one write: others keep their lines, and the file its mode.
    String line = DEFAULT_USER + ":" + next + ":" + COUNT + "\n";
    try {
      Files.writeString(
          etc.resolve(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new SystemFailure("cannot add " + DEFAULT_USER + " to " + etc.resolve(file), e);
    }
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(etc.resolve(file));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + etc.resolve(file) + ": " + e, e);
    }
  }
}
