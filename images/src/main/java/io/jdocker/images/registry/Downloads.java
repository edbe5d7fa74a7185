package io.jdocker.images.registry;

import io.jdocker.images.Descriptor;
import io.jdocker.images.Digest;
import io.jdocker.images.LayerSource;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * The blobs that are being fetched: each once, however many pulls wait for it, and no more than
 * three at a time. Thread-safe.
 */
final class Downloads {
  /** Docker's max-concurrent-downloads. */
  static final int PARALLEL = 3;

  private final Path folder;
  private final RetryPolicy retry;
  private final StallGuard guard;
  private final Semaphore slots = new Semaphore(PARALLEL, true);

  /** By digest; also the lock for both maps. */
  private final Map<Digest, Running> running = new HashMap<>();

  /** Who writes the file of a blob, or did last and is not through yet. */
  private final Map<Digest, Thread> threads = new HashMap<>();

  Downloads(Path folder, RetryPolicy retry) {
    this.folder = folder;
    this.retry = retry;
    this.guard = new StallGuard(retry.stall());
  }

  /** A download and who waits for it. */
  private final class Running implements Arrival.Listener {
    private final Descriptor blob;
    private final Path file;
    private final Arrival arrival = new Arrival(this);
    private final List<Ticket> tickets = new CopyOnWriteArrayList<>();
    private final BlobDownload work;

    Running(Descriptor blob, List<Repository> sources) {
      this.blob = blob;
      this.file = folder.resolve(blob.digest().hex());
      this.work = new BlobDownload(blob, file, sources, retry, guard, arrival);
    }

    /**
     * Begins.
     *
     * @param before a cancelled download of the same blob, which may still have the file open
     */
    void start(Optional<Thread> before) {
      Thread thread = new Thread(() -> run(before), "jdocker-download-" + blob.digest().shortHex());
      thread.setDaemon(true);
      threads.put(blob.digest(), thread);
      thread.start();
    }

    private void run(Optional<Thread> before) {
      try {
        if (before.isPresent()) {
          before.get().join();
        }
        slots.acquire();
        try {
          work.run();
        } finally {
          slots.release();
        }
      } catch (InterruptedException e) {
        arrival.fail(new Arrival.Cancelled());
      } finally {
        synchronized (running) {
          threads.remove(blob.digest(), Thread.currentThread());
        }
      }
    }

    @Override
    public void received(long bytes) {
      tickets.forEach(
          ticket -> ticket.tell(l -> l.progress(ticket.id(), "Downloading", bytes, blob.size())));
    }

    @Override
    public void retrying() {
      tickets.forEach(ticket -> ticket.tell(l -> l.status(ticket.id(), "Retrying")));
    }

    @Override
    public void verified() {
      for (Ticket ticket : tickets) {
        ticket.tell(l -> l.status(ticket.id(), "Verifying Checksum"));
        ticket.tell(l -> l.status(ticket.id(), "Download complete"));
      }
    }
  }

  /** Somebody's share in a download; the last one to close ends what is not complete. */
  final class Ticket implements LayerSource, AutoCloseable {
    private final Running download;
    private final TransferListener listener;

    /** Its owner cannot be told any more; the download is others', too, and goes on. */
    private volatile boolean deaf;

    private Ticket(Running download, TransferListener listener) {
      this.download = download;
      this.listener = listener;
    }

    /** What the layer is called in progress reports. */
    String id() {
      return download.blob.digest().shortHex();
    }

    private void tell(java.util.function.Consumer<TransferListener> news) {
      if (deaf) {
        return;
      }
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        deaf = true; // the owner meets the same reason in its own thread
      }
    }

    @Override
    public Digest digest() {
      return download.blob.digest();
    }

    @Override
    public long size() {
      return download.blob.size();
    }

    @Override
    public InputStream open() {
      return new ArrivingInput(download.file, download.arrival);
    }

    @Override
    public void complete() throws IOException {
      try {
        download.arrival.awaitComplete();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for blob " + digest());
      }
    }

    @Override
    public Path file() {
      return download.file;
    }

    @Override
    public void close() {
      release(this);
    }
  }

  /** A share in the download of a blob, which begins now unless it has. */
  Ticket fetch(Descriptor blob, List<Repository> sources, TransferListener listener) {
    synchronized (running) {
      Running download = running.get(blob.digest());
      // One that has failed is nobody's example; one that is complete may have been taken away.
      boolean usable =
          download != null
              && download.blob.size() == blob.size()
              && (!download.arrival.isOver() || Files.exists(download.file));
      if (usable && !download.arrival.hasFailed()) {
        return share(download, listener);
      }
      Running fresh = new Running(blob, sources);
      Ticket first = share(fresh, listener);
      running.put(blob.digest(), fresh);
      fresh.start(Optional.ofNullable(threads.get(blob.digest())));
      return first;
    }
  }

  private Ticket share(Running download, TransferListener listener) {
    Ticket ticket = new Ticket(download, listener);
    download.tickets.add(ticket);
    return ticket;
  }

  private void release(Ticket ticket) {
    Running download = ticket.download;
    synchronized (running) {
      download.tickets.remove(ticket);
      if (download.tickets.isEmpty()) {
        running.remove(download.blob.digest(), download);
        download.work.cancel();
      }
    }
  }

  /**
   * Makes room after a pull for which the disk was too small: what has come of a blob goes, unless
   * it is whole or somebody else waits for it.
   */
  void dropUnfinished(LayerSource source) {
    Path file = folder.resolve(source.digest().hex());
    try {
      Thread writer;
      synchronized (running) {
        writer = running.containsKey(source.digest()) ? null : threads.get(source.digest());
      }
      if (writer != null) {
        writer.join();
      }
      synchronized (running) {
        boolean used = running.containsKey(source.digest()) || threads.containsKey(source.digest());
        if (!used && Files.exists(file) && Files.size(file) < source.size()) {
          Files.delete(file);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new SystemFailure("cannot delete " + file + ": " + e.getMessage(), e);
    }
  }

  /** Ends all of them. */
  void close() {
    synchronized (running) {
      running.values().forEach(download -> download.work.cancel());
    }
    guard.close();
  }

  /** Downloads that somebody waits for. */
  int count() {
    synchronized (running) {
      return running.size();
    }
  }

  /**
   * Deletes what earlier pulls have left for another attempt.
   *
   * @return bytes
   */
  long clear() {
    long freed = 0;
    synchronized (running) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          boolean used =
              Stream.concat(running.keySet().stream(), threads.keySet().stream())
                  .anyMatch(digest -> digest.hex().equals(name));
          if (!used) {
            freed += Files.size(file);
            Files.delete(file);
          }
        }
      } catch (IOException e) {
        throw new SystemFailure("cannot clear " + folder + ": " + e.getMessage(), e);
      }
    }
    return freed;
  }
}
