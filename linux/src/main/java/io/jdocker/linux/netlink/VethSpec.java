package io.jdocker.linux.netlink;

import io.jdocker.linux.Fd;

/**
 * A veth pair to be made by one request: this end in the socket's namespace, enslaved and up; the
 * peer straight inside another namespace, so that it is never seen on the host.
 *
 * @param master index of the bridge this end joins; 0 for none
 * @param mtu of both ends; 0 for the kernel's choice
 * @param peerMac as {@code 02:42:ac:11:00:02}; empty for a random one
 * @param peerNamespace where the peer goes
 */
public record VethSpec(
    String name, int master, int mtu, String peerName, String peerMac, Fd peerNamespace) {}
