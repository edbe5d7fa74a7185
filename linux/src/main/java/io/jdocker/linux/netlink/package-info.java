/**
 * rtnetlink(7): links, addresses, routes and neighbours, read and changed in process.
 *
 * <p>A {@link io.jdocker.linux.netlink.NetlinkSocket} belongs for good to the network namespace of
 * the thread that opened it, whichever thread uses it later. Links are read here and never from
 * /sys/class/net, which shows the namespace of whoever mounted sysfs.
 */
package io.jdocker.linux.netlink;
