package io.jdocker.network.etcd;

import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;

/** A watch on its connection. One thread reads; any may close it. */
public final class EtcdWatch implements Closeable {
  private final HttpCall call;

  private EtcdWatch(HttpCall call) {
    this.call = call;
  }

  static EtcdWatch begin(HttpCall call) throws IOException {
    try {
      if (!call.isOk()) {
        throw new IOException("it says " + call.status() + ": " + call.text().strip());
      }
      return new EtcdWatch(call);
    } catch (IOException | RuntimeException e) {
      call.close();
      throw e;
    }
  }

  /**
   * Waits for what happens next.
   *
   * @return empty where nothing has happened for a while: a member that is cut off looks the same,
   *     so a new watch from the next revision is due
   * @throws CompactedException where the revision to begin with is forgotten
   * @throws IOException where the member has gone
   */
  public List<Change> next() throws IOException {
    try {
      while (true) {
        String line = call.line();
        if (line == null) {
          throw new IOException("the member has ended the watch");
        }
        List<Change> changes = read(Wire.message(line));
        if (!changes.isEmpty()) {
          return changes;
        }
      }
    } catch (SocketTimeoutException quiet) {
      return List.of();
    }
  }

  private static List<Change> read(JsonObject message) throws IOException {
    if (message.has("error")) {
      throw new IOException("the watch has failed: " + message.get("error"));
    }
    JsonObject result = Wire.object(message, "result");
    long compacted = Wire.number(result, "compact_revision");
    if (compacted > 0) {
      throw new CompactedException(compacted);
    }
    if (Wire.flag(result, "canceled")) {
      throw new IOException("the watch was cancelled: " + result);
    }
    return Wire.changes(result);
  }

  @Override
  public void close() throws IOException {
    call.close();
  }
}
