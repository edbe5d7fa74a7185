package io.jdocker.runtime.launch;

import java.util.List;

/**
 * Who a process is and what it may do.
 *
 * @param groups supplementary groups; the primary one is among them (CVE-2022-36109)
 * @param capabilities bit n set: the process has capability number n, see capabilities(7)
 * @param lastCapability the highest number the kernel knows
 * @param seccompFilter struct sock_filter after struct sock_filter; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; up to 4096 instructions
public record Credentials(
    int uid,
    int gid,
    List<Integer> groups,
    long capabilities,
    int lastCapability,
    boolean noNewPrivileges,
    byte[] seccompFilter) {}
