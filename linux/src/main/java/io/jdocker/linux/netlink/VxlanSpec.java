package io.jdocker.linux.netlink;

import java.net.InetAddress;

/**
 * A VXLAN device (RFC 7348) that learns nothing: whom it sends to is told by {@link FdbCalls}.
 *
 * @param name 1 to 15 characters
 * @param vni network identifier, 1 to 16777215
 * @param parent index of the link that carries the packets
 * @param local the address they are sent from
 * @param port UDP port of both sides
 * @param mac empty text for the kernel's choice
 * @param mtu 0 for the kernel's choice
 * @param proxy true to answer ARP requests from the neighbour table and to pass none on
 */
public record VxlanSpec(
    String name,
    int vni,
    int parent,
    InetAddress local,
    int port,
    String mac,
    int mtu,
    boolean proxy) {}
