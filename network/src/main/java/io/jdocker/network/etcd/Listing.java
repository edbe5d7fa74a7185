package io.jdocker.network.etcd;

import java.util.List;

/**
 * What stood below a prefix at one moment.
 *
 * @param revision the store's revision then: a watch goes on from the next one
 */
public record Listing(List<KeyValue> entries, long revision) {
  public Listing {
    entries = List.copyOf(entries);
  }
}
