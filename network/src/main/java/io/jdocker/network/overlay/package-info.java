/**
 * Networks over several hosts. Hosts know each other by etcd alone: as flannel's hosts do, each
 * with a subnet of the cluster's network, or by networks that this engine keeps there, with one
 * subnet over all hosts. Packets go by VXLAN.
 */
package io.jdocker.network.overlay;
