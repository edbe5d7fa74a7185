/**
 * The name server at 127.0.0.11 that every container on a user-defined network has: reading and
 * writing messages (RFC 1035, RFC 6891), who has which name where, and asking the world.
 */
package io.jdocker.network.dns;
