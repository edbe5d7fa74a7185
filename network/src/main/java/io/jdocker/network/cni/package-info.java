/**
 * Networks that CNI plugins make: programs that are given a configuration and a network namespace
 * and tell what they did. See the CNI specification, versions 0.3.0 to 1.0.0.
 */
package io.jdocker.network.cni;
