package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.images.ImageConfig;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.LifecycleSpec;
import io.jdocker.runtime.spec.LogSpec;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.ProcessSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Specs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MergedSpecTest {
  private static final Optional<List<String>> UNSAID = Optional.empty();

  @Test
  void whatTheUserLeavesOpenTheImageSays() {
    ContainerSpec merged = MergedSpec.of(request(UNSAID, UNSAID), image("entry", "arg"));
    assertEquals(List.of("entry", "arg"), merged.process().argv());
    assertEquals("/srv", merged.process().workingDirectory());
    assertEquals("web", merged.process().user());
    assertEquals("QUIT", merged.lifecycle().stopSignal());
    assertEquals(Optional.of(30), merged.lifecycle().stopTimeout());
    assertEquals(List.of("A=1", "PATH=/bin"), merged.process().environment());
  }

  @Test
  void aCommandReplacesTheImagesBehindItsEntrypoint() {
    ContainerSpec merged =
        MergedSpec.of(request(UNSAID, Optional.of(List.of("x", "y"))), image("entry", "arg"));
    assertEquals(List.of("entry", "x", "y"), merged.process().argv());
  }

  /** The image's command is made for the image's entrypoint. */
  @Test
  void anEntrypointOfTheUsersDropsTheImagesCommand() {
    ContainerSpec merged =
        MergedSpec.of(request(Optional.of(List.of("mine")), UNSAID), image("entry", "arg"));
    assertEquals(List.of("mine"), merged.process().argv());
  }

  @Test
  void anEmptyEntrypointTakesTheImagesAway() {
    for (List<String> none : List.of(List.<String>of(), List.of(""))) {
      ContainerSpec merged =
          MergedSpec.of(
              request(Optional.of(none), Optional.of(List.of("x"))), image("entry", "arg"));
      assertEquals(List.of("x"), merged.process().argv());
    }
  }

  @Test
  void withNothingToRunThereIsNoContainer() {
    ContainerSpec request = request(Optional.of(List.of("")), UNSAID);
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> MergedSpec.of(request, image("entry", "arg")));
    assertEquals("no command specified", e.getMessage());
  }

  @Test
  void theUsersWordCounts() {
    ContainerSpec base = Specs.run("x").workingDirectory("/w").user("7").environment("A").spec();
    ContainerSpec merged =
        MergedSpec.of(
            new ContainerSpec(
                base.image(),
                base.process(),
                "box",
                "",
                Map.of("k", "mine", "n", "new"),
                Map.of("note", "kept"),
                List.of("80/tcp", "81/tcp"),
                List.of("/data", "/more"),
                new LifecycleSpec(
                    false, "INT", Optional.of(-1), true, RestartPolicy.none(), Optional.empty()),
                ResourceSpec.none(),
                SecuritySpec.standard(),
                List.of(),
                NetworkingSpec.standard("none"),
                NamespaceSpec.standard(),
                LogSpec.standard(),
                List.of()),
            image("entry", "arg"));
    assertEquals("/w", merged.process().workingDirectory());
    assertEquals("7", merged.process().user());
    assertEquals(List.of("PATH=/bin"), merged.process().environment());
    assertEquals(
        new LifecycleSpec(
            false, "INT", Optional.of(-1), true, RestartPolicy.none(), Optional.empty()),
        merged.lifecycle());
    assertEquals(Map.of("k", "mine", "i", "image", "n", "new"), merged.labels());
    assertEquals(List.of("80/tcp", "81/tcp"), merged.exposedPorts());
    assertEquals(List.of("/data", "/more"), merged.anonymousVolumes());
    assertEquals("box", merged.hostname());
  }

  private static ContainerSpec request(
      Optional<List<String>> entrypoint, Optional<List<String>> command) {
    ContainerSpec base = Specs.run("unused").spec();
    ProcessSpec process =
        new ProcessSpec(
            entrypoint,
            command,
            List.of(),
            "",
            "",
            List.of(),
            false,
            false,
            false,
            0,
            0,
            List.of());
    return new ContainerSpec(
        base.image(),
        process,
        "",
        "",
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        base.lifecycle(),
        base.resources(),
        base.security(),
        List.of(),
        base.networking(),
        base.namespaces(),
        base.log(),
        base.volumesFrom());
  }

  private static ImageConfig image(String entrypoint, String command) {
    return new ImageConfig(
        "web",
        List.of("80/tcp"),
        List.of("A=1", "PATH=/bin"),
        List.of(entrypoint),
        List.of(command),
        List.of("/data"),
        "/srv",
        Map.of("k", "image", "i", "image"),
        "QUIT",
        Optional.of(30),
        Optional.empty(),
        List.of(),
        List.of(),
        false,
        "linux",
        "amd64",
        "",
        "",
        "",
        "",
        "",
        Optional.empty(),
        List.of(),
        List.of());
  }
}
