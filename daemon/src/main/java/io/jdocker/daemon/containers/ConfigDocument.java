package io.jdocker.daemon.containers;

import com.google.gson.JsonElement;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.daemon.json.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Docker's container Config: what is portable between hosts. Sent at creation, and shown. */
record ConfigDocument(
    String hostname,
    String domainname,
    String user,
    boolean attachStdin,
    boolean attachStdout,
    boolean attachStderr,
    @OmitEmpty Map<String, JsonElement> exposedPorts,
    boolean tty,
    boolean openStdin,
    boolean stdinOnce,
    List<String> env,
    Optional<Words> cmd,
    @OmitEmpty Optional<HealthcheckDocument> healthcheck,
    @OmitEmpty boolean argsEscaped,
    String image,
    Optional<Map<String, JsonElement>> volumes,
    String workingDir,
    Optional<Words> entrypoint,
    @OmitEmpty boolean networkDisabled,
    @OmitEmpty String macAddress,
    Optional<List<String>> onBuild,
    Map<String, String> labels,
    @OmitEmpty String stopSignal,
    @OmitEmpty Optional<Integer> stopTimeout,
    @OmitEmpty Optional<Words> shell) {

  /** A health check; times in nanoseconds. */
  record HealthcheckDocument(
      List<String> test,
      @OmitEmpty long interval,
      @OmitEmpty long timeout,
      @OmitEmpty long startPeriod,
      @OmitEmpty long startInterval,
      @OmitEmpty int retries) {}
}
