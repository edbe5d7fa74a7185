/**
 * Foretells the way of a packet: through links, bridges, routes and rules, to where it arrives or
 * is dropped, and the way of the answer back. Routes are asked of the kernel; the rest is worked
 * out from what it says of links, addresses and settings, and from iptables-save.
 */
package io.jdocker.network.path;
