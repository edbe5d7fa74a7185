package io.jdocker.network.etcd;

import io.jdocker.linux.failure.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Debian's etcd-server, one member, in the network namespace of the thread that starts it. */
public final class RealEtcd implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Process process;
  private final String address;

  private RealEtcd(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param data where it keeps its data
   */
  public static RealEtcd start(String host, int port, Path data) {
    String client = "http://" + host + ":" + port;
    String peer = "http://" + host + ":" + (port + 1);
    try {
      Process process =
          new ProcessBuilder(
                  "etcd",
                  "--data-dir=" + data,
                  "--listen-client-urls=" + client,
                  "--advertise-client-urls=" + client,
                  "--listen-peer-urls=" + peer,
                  "--initial-advertise-peer-urls=" + peer,
                  "--initial-cluster=default=" + peer)
              .redirectErrorStream(true)
              .redirectOutput(data.resolveSibling("etcd.log").toFile())
              .start();
      RealEtcd etcd = new RealEtcd(process, host + ":" + port);
      etcd.await();
      return etcd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "etcd://" + address;
  }

  private void await() {
    EtcdClient client = new EtcdClient(EtcdEndpoint.parse(url()), EtcdTls.NONE);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        client.put("/ready", "", 0); // reads are answered before there is a leader
        return;
      } catch (Unavailable notYet) {
        if (System.nanoTime() > end || !process.isAlive()) {
          close();
          throw notYet;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
