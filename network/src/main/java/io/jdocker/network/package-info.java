/** Links, addresses, drivers, port mapping, hosts and resolv.conf. */
package io.jdocker.network;
