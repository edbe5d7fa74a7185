/**
 * Networks and a container's place on them: namespaces, links, addresses, published ports, names.
 *
 * <p>{@link io.jdocker.network.Networks} is the way in. What a container has is written to its
 * sandbox file before the kernel is told, so that a restart can tell what is left over.
 */
package io.jdocker.network;
