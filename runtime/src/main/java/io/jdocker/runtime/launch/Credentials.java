package io.jdocker.runtime.launch;

import io.jdocker.linux.capability.CapabilityGrant;
import io.jdocker.linux.capability.CapabilitySet;
import io.jdocker.linux.seccomp.SeccompFilter;
import java.util.List;
import java.util.Optional;

/**
 * Who a process is and what it may do.
 *
 * @param groups supplementary groups; the primary one is among them (CVE-2022-36109)
 * @param capabilities what it and all that come of it can have
 * @param known every capability of the engine's own bounding set
 * @param filter which system calls it may make; empty: any
 */
public record Credentials(
    int uid,
    int gid,
    List<Integer> groups,
    CapabilityGrant capabilities,
    CapabilitySet known,
    boolean noNewPrivileges,
    Optional<SeccompFilter> filter) {}
