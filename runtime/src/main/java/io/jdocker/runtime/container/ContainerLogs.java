package io.jdocker.runtime.container;

import io.jdocker.linux.failure.Unsupported;
import io.jdocker.runtime.spec.LogSpec;
import io.jdocker.runtime.stdio.JsonFileLog;
import io.jdocker.runtime.stdio.LogAttributes;
import io.jdocker.runtime.stdio.LogOptions;
import io.jdocker.runtime.stdio.LogProgress;
import io.jdocker.runtime.stdio.LogQuery;
import io.jdocker.runtime.stdio.LogReader;
import io.jdocker.runtime.stdio.LogSink;
import io.jdocker.runtime.stdio.NonBlockingLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executor;

/** The logs of containers, each by the driver it was created with. */
final class ContainerLogs {
  private final ContainerLayout layout;
  private final Clock clock;
  private final Executor workers;

  ContainerLogs(ContainerLayout layout, EngineParts parts) {
    this.layout = layout;
    this.clock = parts.clock();
    this.workers = parts.workers();
  }

  /** What a run writes to, and how far it has come, for those who follow. */
  record Opened(LogSink sink, LogProgress progress) {}

  /** Opens the log for a further run: what it holds stays. */
  Opened open(ContainerRecord record) {
    LogSpec spec = record.spec().log();
    LogOptions options = options(record);
    if (options.driver() == LogOptions.Driver.NONE) {
      return new Opened(LogSink.none(), LogProgress.ended());
    }
    LogAttributes.Subject subject =
        new LogAttributes.Subject(
            record.id().hex(),
            record.name(),
            record.imageId(),
            record.spec().image(),
            record.spec().process().argv(),
            record.spec().labels(),
            record.spec().process().environment());
    JsonFileLog log =
        new JsonFileLog(
            file(record),
            clock,
            LogAttributes.of(spec.options(), subject),
            options.rotation(),
            workers);
    LogSink sink =
        options.buffer().isPresent()
            ? new NonBlockingLog(log, options.buffer().getAsLong(), workers)
            : log;
    return new Opened(sink, log.progress());
  }

  /** The file that is written at present. */
  Path file(ContainerRecord record) {
    return options(record).driver() == LogOptions.Driver.LOCAL
        ? layout.localLog(record.id())
        : layout.log(record.id());
  }

  /**
   * Reads what the container has written, in all its runs.
   *
   * @throws Unsupported when its output is not kept
   */
  LogReader read(Container container, LogQuery query) {
    requireReadable(container.record());
    LogProgress progress = container.run().map(Run::log).orElseGet(LogProgress::ended);
    return LogReader.open(file(container.record()), query, progress, clock);
  }

  private static void requireReadable(ContainerRecord record) {
    if (options(record).driver() == LogOptions.Driver.NONE) {
      throw new Unsupported("configured logging driver does not support reading");
    }
  }

  private static LogOptions options(ContainerRecord record) {
    LogSpec spec = record.spec().log();
    return LogOptions.parse(spec.driver(), spec.options());
  }
}
