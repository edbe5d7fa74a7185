package io.jdocker.images.registry;

import io.jdocker.images.Descriptor;
import io.jdocker.images.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Fetches one blob into a file, hashing it on the way. It goes on where an earlier attempt or an
 * earlier process stopped, tries again what was cut, and asks the next source where one refuses.
 * What came in this run may be read at once; what an earlier one left is shown only when the whole
 * has the digest, as it may be damaged. One thread runs it; the others see {@link Arrival}.
 */
final class BlobDownload implements Runnable {
  private static final int BUFFER = 1 << 17;

  private final Descriptor blob;
  private final Path file;
  private final List<Repository> sources;
  private final RetryPolicy retry;
  private final Arrival arrival;
  private final StallGuard guard;

  private MessageDigest hash = Digest.start();
  private long received;

  /** What is being read, for who cancels: the JDK's stream ignores interrupts. */
  private volatile Repository.Part current;

  BlobDownload(
      Descriptor blob,
      Path file,
      List<Repository> sources,
      RetryPolicy retry,
      StallGuard guard,
      Arrival arrival) {
    this.blob = blob;
    this.file = file;
    this.sources = sources;
    this.retry = retry;
    this.guard = guard;
    this.arrival = arrival;
  }

  @Override
  public void run() {
    try {
      boolean resumed = takeUp();
      fetch(resumed);
      boolean whole = hasDigest();
      if (!whole && resumed) {
        // What an earlier run left was damaged: once more from the start.
        restart();
        fetch(true);
        whole = hasDigest();
      }
      if (!whole) {
        Files.deleteIfExists(file);
        throw new IOException("filesystem layer verification failed for digest " + blob.digest());
      }
      arrival.complete();
    } catch (IOException e) {
      giveUp(e);
    } catch (RuntimeException e) {
      giveUp(new IOException("cannot fetch blob " + blob.digest() + ": " + e, e));
    }
  }

  private void giveUp(IOException e) {
    if (e instanceof Final) {
      try {
        // Makes room where the disk is full; whole blobs stay for the next attempt.
        Files.deleteIfExists(file);
      } catch (IOException remove) {
        e.addSuppressed(remove);
      }
    }
    arrival.fail(e);
  }

  /** The hash can be asked only once; a second fetch begins a new one. */
  private boolean hasDigest() {
    return received == blob.size() && Digest.finish(hash).equals(blob.digest());
  }

  /** Hashes what an earlier run left. */
  private boolean takeUp() throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    if (Files.size(file) > blob.size()) {
      Files.delete(file);
      return false;
    }
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hash.update(buffer, 0, n);
        received += n;
      }
    }
    return received > 0;
  }

  private void restart() throws IOException {
    Files.deleteIfExists(file);
    hash = Digest.start();
    received = 0;
  }

  private void fetch(boolean hidden) throws IOException {
    IOException last = null;
    for (Repository source : sources) {
      try {
        fetch(source, hidden);
        return;
      } catch (Final | Arrival.Cancelled e) {
        throw e;
      } catch (IOException e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
  }

  private void fetch(Repository source, boolean hidden) throws IOException {
    int attempt = 0;
    boolean ranges = true;
    while (received < blob.size() || (blob.size() == 0 && !Files.exists(file))) {
      arrival.check();
      long before = received;
      IOException cut;
      try (Repository.Part part = source.blob(blob.digest(), ranges ? received : 0)) {
        receive(part, hidden);
        continue;
      } catch (RegistryRefusal | Final | Arrival.Cancelled e) {
        throw e;
      } catch (Repository.RangeRefused e) {
        // Then all of it again, without writing what we have.
        ranges = false;
        cut = e;
      } catch (IOException e) {
        cut = e;
      }
      // A connection that brings something each time may be cut any number of times.
      attempt = received > before ? 1 : attempt + 1;
      Optional<Duration> pause = retry.delay(attempt, Optional.empty(), Instant.EPOCH);
      if (pause.isEmpty()) {
        throw cut;
      }
      arrival.retrying();
      arrival.pause(pause.get());
    }
  }

  /** Ends it, wherever it is; what has come stays for another time. */
  void cancel() {
    arrival.cancel();
    Repository.Part part = current;
    if (part != null) {
      try {
        part.close();
      } catch (IOException e) {
        return; // the connection is broken already: that ends the read, too
      }
    }
  }

  private void receive(Repository.Part part, boolean hidden) throws IOException {
    current = part;
    byte[] buffer = new byte[BUFFER];
    long at = part.start();
    try (FileChannel out = openFile();
        StallGuard.Watch watch = guard.watch(part)) {
      for (int n = part.content().read(buffer); n >= 0; n = part.content().read(buffer)) {
        watch.alive();
        arrival.check();
        // What we have already, from a server that ignores ranges.
        int known = (int) Math.min(n, received - at);
        at += n;
        if (at > blob.size()) {
          // It would again.
          throw new Final(
              "blob " + blob.digest() + " is longer than its " + blob.size() + " bytes", null);
        }
        write(out, buffer, known, n - known);
        arrival.received(received, hidden);
      }
    }
    if (received < blob.size()) {
      throw new IOException("unexpected EOF");
    }
  }

  private FileChannel openFile() throws IOException {
    try {
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private void write(FileChannel out, byte[] buffer, int offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    hash.update(buffer, offset, length);
    received += length;
  }

  /** Another attempt does not help; the file is of no use. */
  private static final class Final extends IOException {
    private static final long serialVersionUID = 1L;

    Final(String message, IOException cause) {
      super(message, cause);
    }
  }

  /** Our own disk, not the network. */
  private Final cannotWrite(IOException cause) {
    return new Final("write " + file + ": " + cause.getMessage(), cause);
  }
}
