package io.jdocker.daemon.metrics;

import io.jdocker.network.NetworkCounts;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;

/** The whole page, made anew for each question. */
final class Page {
  private final Engine engine;
  private final Activity activity;
  private final String version;

  Page(Engine engine, Activity activity, String version) {
    this.engine = engine;
    this.activity = activity;
    this.version = version;
  }

  /** The two lines before a family of samples. */
  static void head(StringBuilder page, String name, String type, String help) {
    page.append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
  }

  private static void one(StringBuilder page, String name, String type, String help, String value) {
    head(page, name, type, help);
    page.append(name + " " + value + "\n");
  }

  String text() {
    StringBuilder page = new StringBuilder();
    head(page, "engine_daemon_engine_info", "gauge", "The engine and the machine it runs on.");
    page.append(
        "engine_daemon_engine_info{version=\""
            + version
            + "\",graphdriver=\"overlay2\",os_type=\"linux\",architecture=\""
            + System.getProperty("os.arch")
            + "\"} 1\n");
    containers(page);
    one(
        page,
        "engine_daemon_engine_cpus_cpus",
        "gauge",
        "Processors of the machine.",
        Integer.toString(Runtime.getRuntime().availableProcessors()));
    activity.write(page);
    network(page);
    process(page);
    return page.toString();
  }

  private void containers(StringBuilder page) {
    String name = "engine_daemon_container_states_containers";
    head(page, name, "gauge", "Containers by state.");
    Collection<Container> all = engine.containers().list();
    long running = count(all, Status.RUNNING);
    long paused = count(all, Status.PAUSED);
    page.append(name + "{state=\"paused\"} " + paused + "\n");
    page.append(name + "{state=\"running\"} " + running + "\n");
    page.append(name + "{state=\"stopped\"} " + (all.size() - running - paused) + "\n");
  }

  private static long count(Collection<Container> all, Status status) {
    return all.stream().filter(each -> each.state().status() == status).count();
  }

  private void network(StringBuilder page) {
    NetworkCounts counts = engine.networks().counts();
    head(page, "jdocker_dns_queries_total", "counter", "Questions of containers, by who answered.");
    page.append("jdocker_dns_queries_total{answer=\"own\"} " + counts.namesAnswered() + "\n");
    page.append(
        "jdocker_dns_queries_total{answer=\"forwarded\"} " + counts.namesForwarded() + "\n");
    page.append("jdocker_dns_queries_total{answer=\"refused\"} " + counts.namesRefused() + "\n");
    one(
        page,
        "jdocker_firewall_transactions_total",
        "counter",
        "Changes of packet filter rules handed to the kernel.",
        Long.toString(counts.ruleTransactions()));
  }

  private static void process(StringBuilder page) {
    Runtime runtime = Runtime.getRuntime();
    one(
        page,
        "process_resident_memory_bytes",
        "gauge",
        "Resident memory of the daemon.",
        Long.toString(residentBytes()));
    String[] open = Path.of("/proc/self/fd").toFile().list();
    one(
        page,
        "process_open_fds",
        "gauge",
        "Open descriptors of the daemon.",
        Integer.toString(open == null ? 0 : open.length));
    one(
        page,
        "process_start_time_seconds",
        "gauge",
        "When the daemon was started.",
        Double.toString(startSeconds()));
    one(
        page,
        "jvm_threads_current",
        "gauge",
        "Threads of the daemon.",
        Integer.toString(threads()));
    one(
        page,
        "jvm_memory_heap_used_bytes",
        "gauge",
        "Heap in use.",
        Long.toString(runtime.totalMemory() - runtime.freeMemory()));
  }

  private static double startSeconds() {
    return ProcessHandle.current().info().startInstant().map(Instant::toEpochMilli).orElse(0L)
        / 1e3;
  }

  /** proc(5): the second number of statm, in pages. */
  private static long residentBytes() {
    try {
      return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1]) << 12;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self/statm", e);
    }
  }

  private static int threads() {
    String[] tasks = Path.of("/proc/self/task").toFile().list();
    return tasks == null ? 0 : tasks.length;
  }
}
