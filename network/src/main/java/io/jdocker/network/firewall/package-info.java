/**
 * The firewall rules of an engine: what they should be ({@link
 * io.jdocker.network.firewall.RuleSet}), and the one resident iptables-restore that makes them so.
 *
 * <p>Rules stand in chains of our own, with the semantics of Docker 28: what is not published
 * cannot be reached from outside, not even by routing to the container's address. Published ports
 * are kept in chains of 64 ports each: a rule can then be deleted without iptables reading all
 * others (5 µs a rule), and a new connection passes dozens of rules and not thousands.
 */
package io.jdocker.network.firewall;
