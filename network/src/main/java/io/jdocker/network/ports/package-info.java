/**
 * Ports of the host: how {@code -p} is read, who holds which port, and the relay that serves IPv6.
 */
package io.jdocker.network.ports;
