/** Which subnet a network gets and which address a container gets. */
package io.jdocker.network.ipam;
