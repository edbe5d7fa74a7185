package io.jdocker.network.etcd;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** A transaction: writes that happen together, if all that it asks for is so. One thread. */
public final class Txn {
  private final JsonArray compare = new JsonArray();
  private final JsonArray success = new JsonArray();

  /** Only if there is no such key. */
  public Txn ifAbsent(String key) {
    return ifVersion(key, "EQUAL");
  }

  /** Only if there is such a key. */
  public Txn ifPresent(String key) {
    return ifVersion(key, "GREATER");
  }

  private Txn ifVersion(String key, String result) {
    JsonObject condition = condition(key, "VERSION", result);
    condition.addProperty("version", "0");
    compare.add(condition);
    return this;
  }

  /** Only if no key begins so. Versions of what is not there count as 0 (etcd 3.3). */
  public Txn ifNoneBelow(String prefix) {
    ifAbsent(prefix);
    JsonObject condition = compare.get(compare.size() - 1).getAsJsonObject();
    condition.addProperty("range_end", Wire.base64(Wire.endOf(prefix)));
    return this;
  }

  /** Only if the key was last written at that revision; 0 for never. */
  public Txn ifUnchanged(String key, long modRevision) {
    JsonObject condition = condition(key, "MOD", "EQUAL");
    condition.addProperty("mod_revision", Long.toString(modRevision));
    compare.add(condition);
    return this;
  }

  private static JsonObject condition(String key, String target, String result) {
    JsonObject condition = new JsonObject();
    condition.addProperty("key", Wire.base64(key));
    condition.addProperty("target", target);
    condition.addProperty("result", result);
    return condition;
  }

  /**
   * Writes a key.
   *
   * @param lease the lease it goes with; 0 for none
   */
  public Txn put(String key, String value, long lease) {
    success.add(operation("request_put", Wire.put(key, value, lease)));
    return this;
  }

  public Txn delete(String key) {
    JsonObject request = new JsonObject();
    request.addProperty("key", Wire.base64(key));
    success.add(operation("request_delete_range", request));
    return this;
  }

  private static JsonObject operation(String kind, JsonObject request) {
    JsonObject operation = new JsonObject();
    operation.add(kind, request);
    return operation;
  }

  JsonObject toJson() {
    JsonObject request = new JsonObject();
    request.add("compare", compare);
    request.add("success", success);
    return request;
  }
}
