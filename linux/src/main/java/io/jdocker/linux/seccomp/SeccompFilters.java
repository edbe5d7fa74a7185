package io.jdocker.linux.seccomp;

import io.jdocker.linux.capability.CapabilitySet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The filters of one engine, each compiled once: a launch pays nothing for its profile. Containers
 * that differ neither in profile nor in capabilities share a filter. Thread-safe.
 */
public final class SeccompFilters {
  /**
   * Far above what is in use at once; a client that sends ever new profiles must not fill memory.
   */
  private static final int LIMIT = 256;

  private record Key(SeccompProfile profile, CapabilitySet container) {}

  private final FilterCompiler compiler;
  private final SeccompProfile defaultProfile = DefaultProfile.create();
  private final Map<Key, SeccompFilter> compiled = new ConcurrentHashMap<>();

  public SeccompFilters(FilterCompiler compiler) {
    this.compiler = compiler;
  }

  /** The filter of Docker's default policy for a container with these capabilities. */
  public SeccompFilter byDefault(CapabilitySet container) {
    return of(defaultProfile, container);
  }

  /** The filter of a profile for a container with these capabilities. */
  public SeccompFilter of(SeccompProfile profile, CapabilitySet container) {
    if (compiled.size() >= LIMIT) {
      compiled.clear();
    }
    return compiled.computeIfAbsent(
        new Key(profile, container), key -> compiler.compile(key.profile(), key.container()));
  }
}
