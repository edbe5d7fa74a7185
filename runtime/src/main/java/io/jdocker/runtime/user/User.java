package io.jdocker.runtime.user;

import java.util.List;

/**
 * Who a process is to be.
 *
 * @param groups supplementary groups, the primary one among them
 * @param home from the account's entry, or /
 */
public record User(int uid, int gid, List<Integer> groups, String home) {
  public User {
    groups = List.copyOf(groups);
  }
}
