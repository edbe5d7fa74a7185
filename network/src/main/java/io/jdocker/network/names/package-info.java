/** The files by which a container knows names: hosts, hostname, resolv.conf; and link variables. */
package io.jdocker.network.names;
