package io.jdocker.daemon.execs;

import io.jdocker.daemon.json.Key;
import io.jdocker.runtime.container.Exec;
import io.jdocker.runtime.container.ExecSpec;
import java.util.List;
import java.util.Optional;

/** What {@code GET /exec/X/json} answers. */
record ExecDocument(
    @Key("ID") String id,
    boolean running,
    Optional<Integer> exitCode,
    ProcessDocument processConfig,
    boolean openStdin,
    boolean openStderr,
    boolean openStdout,
    boolean canRemove,
    @Key("ContainerID") String containerId,
    String detachKeys,
    int pid) {

  record ProcessDocument(
      @Key("tty") boolean tty,
      @Key("entrypoint") String entrypoint,
      @Key("arguments") List<String> arguments,
      @Key("privileged") boolean privileged,
      @Key("user") String user) {}

  static ExecDocument of(Exec exec) {
    ExecSpec spec = exec.spec();
    List<String> argv = spec.argv();
    return new ExecDocument(
        exec.id(),
        exec.isRunning(),
        exec.exitCode(),
        new ProcessDocument(
            spec.terminal(),
            argv.get(0),
            argv.subList(1, argv.size()),
            spec.privileged(),
            spec.user()),
        spec.attachStdin(),
        spec.attachStderr(),
        spec.attachStdout(),
        exec.exitCode().isPresent(),
        exec.container().id().hex(),
        "",
        exec.pid());
  }
}
