package io.jdocker.network.etcd;

/** What a watch tells. */
public sealed interface Change {
  /** The store's revision after it. */
  long revision();

  /** A key was written. */
  record Put(KeyValue entry, long revision) implements Change {}

  /** A key is gone: deleted, or its lease has run out. */
  record Deleted(String key, long revision) implements Change {}
}
