package io.jdocker.linux.user;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who a container's users and groups are on the host.
 *
 * @param users none: there is no user namespace, and everybody is who they are
 */
public record IdMapping(List<IdRange> users, List<IdRange> groups) {
  private static final IdMapping NONE = new IdMapping(List.of(), List.of());

  /** The kernel takes as many lines since Linux 4.15. */
  private static final int MAX_RANGES = 340;

  public IdMapping {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    if (users.isEmpty() != groups.isEmpty()) {
      throw new InvalidArgument("an id mapping needs both users and groups");
    }
    check("user", users);
    check("group", groups);
  }

  /** No user namespace. */
  public static IdMapping none() {
    return NONE;
  }

  private static void check(String kind, List<IdRange> ranges) {
    if (ranges.size() > MAX_RANGES) {
      throw new InvalidArgument(
          "invalid " + kind + " id mapping: the kernel takes " + MAX_RANGES + " ranges");
    }
    for (int i = 0; i < ranges.size(); i++) {
      IdRange a = ranges.get(i);
      for (IdRange b : ranges.subList(0, i)) {
        if (IdRange.overlap(a.inside(), a.count(), b.inside(), b.count())
            || IdRange.overlap(a.outside(), a.count(), b.outside(), b.count())) {
          throw new InvalidArgument(
              "invalid " + kind + " id mapping: " + a.text() + " overlaps " + b.text());
        }
      }
    }
    if (!ranges.isEmpty() && ranges.stream().noneMatch(range -> range.holdsInside(0))) {
      throw new InvalidArgument("invalid " + kind + " id mapping: it has no " + kind + " 0");
    }
  }

  public boolean isNone() {
    return users.isEmpty();
  }

  /**
   * The host's user that a container's user is.
   *
   * @throws InvalidArgument for one that the mapping does not have
   */
  public int hostUser(int user) {
    return host("user", users, user);
  }

  /** As {@link #hostUser}, of groups. */
  public int hostGroup(int group) {
    return host("group", groups, group);
  }

  /** The host's group of a group, or of group 0 where the mapping does not have it. */
  public int hostGroupOrRoot(int group) {
    boolean mapped =
        groups.isEmpty() || groups.stream().anyMatch(range -> range.holdsInside(group));
    return hostGroup(mapped ? group : 0);
  }

  private static int host(String kind, List<IdRange> ranges, int id) {
    if (ranges.isEmpty()) {
      return id;
    }
    long unsigned = Integer.toUnsignedLong(id);
    return ranges.stream()
        .filter(range -> range.holdsInside(unsigned))
        .findFirst()
        .map(range -> (int) (unsigned - range.inside() + range.outside()))
        .orElseThrow(
            () ->
                new InvalidArgument(
                    kind + " " + unsigned + " is not in the container's user namespace"));
  }

  /** The container's user that a host's user is; empty where it is nobody in there. */
  public OptionalLong containerUser(long user) {
    return container(users, user);
  }

  /** As {@link #containerUser}, of groups. */
  public OptionalLong containerGroup(long group) {
    return container(groups, group);
  }

  private static OptionalLong container(List<IdRange> ranges, long id) {
    if (ranges.isEmpty()) {
      return OptionalLong.of(id);
    }
    return ranges.stream()
        .filter(range -> range.holdsOutside(id))
        .mapToLong(range -> id - range.outside() + range.inside())
        .findFirst();
  }

  /** The lines of /proc/PID/uid_map. */
  public String userLines() {
    return lines(users);
  }

  /** The lines of /proc/PID/gid_map. */
  public String groupLines() {
    return lines(groups);
  }

  private static String lines(List<IdRange> ranges) {
    Function<IdRange, String> line =
        range -> range.inside() + " " + range.outside() + " " + range.count() + "\n";
    return ranges.stream().map(line).collect(Collectors.joining());
  }
}
