package io.jdocker.network.ipam;

import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.Cidr6;
import io.jdocker.network.Ipv6;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;

/**
 * The engine's own part of the unique local addresses (RFC 4193): fd and 40 bits that hardly any
 * other site has, so that two hosts can be joined later. As Docker derives them: the last 40 of the
 * first 64 bits of the SHA-256 of the engine's id. Networks without a chosen subnet get a /64 of
 * it. Immutable.
 *
 * @param base the engine's /48
 */
public record LocalPrefix(Cidr6 base) {
  private static final int PREFIX = 48;
  private static final int SUBNET_PREFIX = 64;
  private static final int SUBNETS = 1 << 16;
  private static final long GLOBAL_ID = (1L << 40) - 1;
  private static final long UNIQUE_LOCAL = 0xfdL << 56;

  /** The prefix of an engine by what tells it from all others. */
  public static LocalPrefix of(String engineId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(engineId.getBytes(StandardCharsets.UTF_8));
      long id = ByteBuffer.wrap(hash).getLong() & GLOBAL_ID;
      return new LocalPrefix(new Cidr6(new Ipv6(UNIQUE_LOCAL | id << 16, 0), PREFIX));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The first subnet that overlaps none of those taken. */
  public Cidr6 choose(Collection<Cidr6> taken) {
    for (int i = 0; i < SUBNETS; i++) {
      Cidr6 candidate = new Cidr6(new Ipv6(base.first().high() + i, 0), SUBNET_PREFIX);
      if (taken.stream().noneMatch(candidate::overlaps)) {
        return candidate;
      }
    }
    throw new Unavailable(
        "could not find an available, non-overlapping IPv6 address pool among the defaults to"
            + " assign to the network: choose one with --subnet");
  }

  /** Refuses a chosen subnet that another network has. */
  public static void requireFree(Cidr6 subnet, Collection<Cidr6> taken) {
    if (taken.stream().anyMatch(subnet::overlaps)) {
      throw new Forbidden("Pool overlaps with other one on this address space");
    }
  }
}
