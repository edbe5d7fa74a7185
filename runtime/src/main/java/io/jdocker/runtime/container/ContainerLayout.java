package io.jdocker.runtime.container;

import io.jdocker.runtime.explain.Recording;
import java.nio.file.Path;

/**
 * Where a container's files are: one folder each, named by its id, mode 0700.
 *
 * <pre>
 * ROOT/containers/ID/container.json   the record
 *                    status           the keeper's, see StatusRecord
 *                    exec-EXECID      the same of an exec's keeper
 *                    probe-EXECID     the same of a health probe's
 *                    ID-json.log      its output; ID-json.log.1 what came before, local.log of that driver
 *                    hosts hostname resolv.conf
 *                    trace.json       what its last start did to the kernel
 * </pre>
 */
public record ContainerLayout(Path containers) {
  static final String RECORD = "container.json";
  static final String EXEC_PREFIX = "exec-";
  static final String PROBE_PREFIX = "probe-";

  public Path folder(ContainerId id) {
    return containers.resolve(id.hex());
  }

  public Path record(ContainerId id) {
    return folder(id).resolve(RECORD);
  }

  public Path status(ContainerId id) {
    return folder(id).resolve("status");
  }

  public Path log(ContainerId id) {
    return folder(id).resolve(id.hex() + "-json.log");
  }

  /** Of the driver {@code local}. */
  Path localLog(ContainerId id) {
    return folder(id).resolve("local.log");
  }

  public Path trace(ContainerId id) {
    return folder(id).resolve("trace.json");
  }

  /** Remembers what the container's starts do to the kernel. */
  Recording recording(ContainerId id) {
    return new Recording(trace(id));
  }
}
