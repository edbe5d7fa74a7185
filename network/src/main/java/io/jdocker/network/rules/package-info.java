/**
 * Reads rules as iptables-save(8) prints them and says what they do to a packet. What it does not
 * know it says so: a rule is never guessed and never passed over in silence.
 */
package io.jdocker.network.rules;
