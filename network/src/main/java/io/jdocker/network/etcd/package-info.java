/**
 * A client of etcd 3 (3.4 and later) by its JSON gateway: keys, transactions, leases, watches. It
 * knows nothing of networks.
 */
package io.jdocker.network.etcd;
