package io.jdocker.network.etcd;

/**
 * A key with its value.
 *
 * @param value as text; etcd itself stores bytes
 * @param modRevision the store's revision when it was last written
 * @param lease the lease it goes with; 0 for none
 */
public record KeyValue(String key, String value, long modRevision, long lease) {}
