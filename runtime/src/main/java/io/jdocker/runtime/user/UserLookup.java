package io.jdocker.runtime.user;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Finds the user that {@code -u} or an image names. See passwd(5), group(5). */
public final class UserLookup {
  private static final String PASSWD = "etc/passwd";
  private static final String GROUP = "etc/group";

  private record Account(String name, int uid, int gid, String home) {}

  private record Group(String name, int gid, List<String> members) {}

  private final AccountFiles files;

  public UserLookup(AccountFiles files) {
    this.files = files;
  }

  /**
   * Resolves a user.
   *
   * @param wanted {@code user[:group]}, names or numbers; empty for root
   * @param moreGroups names or numbers of further groups
   * @throws InvalidArgument when a name is unknown, or a number out of range
   */
  public User resolve(String wanted, List<String> moreGroups) {
    int colon = wanted.indexOf(':');
    String userName = colon < 0 ? wanted : wanted.substring(0, colon);
    String groupName = colon < 0 ? "" : wanted.substring(colon + 1);
    OptionalInt number = userName.isEmpty() ? OptionalInt.of(0) : number(userName);
    Optional<Account> account = account(userName, number);
    if (account.isEmpty() && number.isEmpty()) {
      throw new InvalidArgument(
          "unable to find user " + userName + ": no matching entries in passwd file");
    }
    int uid = account.map(Account::uid).orElseGet(number::getAsInt);
    int gid = groupName.isEmpty() ? account.map(Account::gid).orElse(0) : groupNumber(groupName);
    TreeSet<Integer> groups = new TreeSet<>();
    groups.add(gid);
    if (groupName.isEmpty()) {
      account.ifPresent(a -> addMemberships(groups, a.name()));
    }
    moreGroups.forEach(name -> groups.add(groupNumber(name)));
    return new User(uid, gid, List.copyOf(groups), account.map(Account::home).orElse("/"));
  }

  /**
   * A number is never taken for a name: an account called "1000" must not be root (CVE-2016-3697).
   */
  private Optional<Account> account(String name, OptionalInt number) {
    return lines(PASSWD)
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length >= 7)
        .map(UserLookup::account)
        .flatMap(Optional::stream)
        .filter(a -> number.isPresent() ? a.uid() == number.getAsInt() : a.name().equals(name))
        .findFirst();
  }

  private static Optional<Account> account(String[] fields) {
    OptionalInt uid = lenientNumber(fields[2]);
    OptionalInt gid = lenientNumber(fields[3]);
    if (uid.isEmpty() || gid.isEmpty()) {
      return Optional.empty();
    }
    String home = fields[5].isEmpty() ? "/" : fields[5];
    return Optional.of(new Account(fields[0], uid.getAsInt(), gid.getAsInt(), home));
  }

  private int groupNumber(String name) {
    OptionalInt number = number(name);
    if (number.isPresent()) {
      return number.getAsInt();
    }
    return groups()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .map(Group::gid)
        .orElseThrow(
            () ->
                new InvalidArgument(
                    "unable to find group " + name + ": no matching entries in group file"));
  }

  private void addMemberships(java.util.Set<Integer> into, String user) {
    groups().filter(g -> g.members().contains(user)).forEach(g -> into.add(g.gid()));
  }

  private java.util.stream.Stream<Group> groups() {
    return lines(GROUP)
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length >= 4 && lenientNumber(fields[2]).isPresent())
        .map(
            fields ->
                new Group(
                    fields[0],
                    lenientNumber(fields[2]).getAsInt(),
                    Arrays.asList(fields[3].split(",", -1))));
  }

  private java.util.stream.Stream<String> lines(String path) {
    return files.read(path).stream().flatMap(String::lines).map(String::strip);
  }

  /**
   * A number of at most 2^31 - 1: a larger one would come out as another user, perhaps root
   * (CVE-2024-40635). Trailing letters make it a name (CVE-2026-30892).
   */
  private static OptionalInt number(String text) {
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9') || text.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalInt number = lenientNumber(text);
    if (number.isEmpty()) {
      throw new InvalidArgument("uids and gids must be in range 0-2147483647, " + text + " is not");
    }
    return number;
  }

  private static OptionalInt lenientNumber(String text) {
    try {
      int number = Integer.parseInt(text);
      return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
