package io.jdocker.runtime.container;

import io.jdocker.images.ImageConfig;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.LifecycleSpec;
import io.jdocker.runtime.spec.ProcessSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the user asked for, completed by what the image says. */
final class MergedSpec {
  private MergedSpec() {}

  /**
   * Merges.
   *
   * @throws InvalidArgument when neither of them says what to run
   */
  static ContainerSpec of(ContainerSpec request, ImageConfig image) {
    ProcessSpec process = process(request.process(), image);
    if (process.argv().isEmpty()) {
      throw new InvalidArgument("no command specified");
    }
    Map<String, String> labels = new TreeMap<>(image.labels());
    labels.putAll(request.labels());
    LifecycleSpec lifecycle = request.lifecycle();
    return new ContainerSpec(
        request.image(),
        process,
        request.hostname(),
        request.domainname(),
        labels,
        request.annotations(),
        union(image.exposedPorts(), request.exposedPorts()),
        union(image.volumes(), request.anonymousVolumes()),
        new LifecycleSpec(
            lifecycle.autoRemove(),
            lifecycle.stopSignal().isEmpty() ? image.stopSignal() : lifecycle.stopSignal(),
            lifecycle.stopTimeout().or(image::stopTimeout),
            lifecycle.init(),
            lifecycle.restart(),
            MergedHealth.of(lifecycle.health(), image)),
        request.resources(),
        request.security(),
        request.mounts(),
        request.networking(),
        request.namespaces(),
        request.log(),
        request.volumesFrom());
  }

  private static ProcessSpec process(ProcessSpec user, ImageConfig image) {
    // An entrypoint of the user's own makes the image's command meaningless.
    Optional<List<String>> entrypoint = user.entrypoint();
    Optional<List<String>> command = user.command().filter(words -> !words.isEmpty());
    if (entrypoint.isEmpty()) {
      entrypoint = Optional.of(image.entrypoint()).filter(words -> !words.isEmpty());
      command = command.or(() -> Optional.of(image.cmd()).filter(words -> !words.isEmpty()));
    }
    return new ProcessSpec(
        entrypoint.filter(words -> !words.isEmpty() && !words.equals(List.of(""))),
        command,
        Environment.merge(image.env(), user.environment()),
        firstSet(user.workingDirectory(), image.workingDir()),
        firstSet(user.user(), image.user()),
        user.groups(),
        user.terminal(),
        user.openStdin(),
        user.stdinOnce(),
        user.terminalRows(),
        user.terminalColumns(),
        user.attached());
  }

  private static String firstSet(String user, String image) {
    return user.isEmpty() ? image : user;
  }

  private static List<String> union(List<String> image, List<String> user) {
    Set<String> all = new LinkedHashSet<>(image);
    all.addAll(user);
    return new ArrayList<>(all);
  }
}
