package io.jdocker.runtime.fault;

import static io.jdocker.runtime.fault.Operation.Trait.ACQUIRES;
import static io.jdocker.runtime.fault.Operation.Trait.NETWORK;
import static io.jdocker.runtime.fault.Operation.removeContainer;
import static io.jdocker.runtime.fault.Operation.removeNetwork;
import static io.jdocker.runtime.fault.Operation.removeVolume;

import io.jdocker.images.ImageReference;
import io.jdocker.network.NetworkSpec;
import io.jdocker.runtime.Engine;
import io.jdocker.runtime.container.Exec;
import io.jdocker.runtime.container.WaitCondition;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.volume.Volume;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The operations that faults are tried on. Each leaves the machine as it found it. */
final class Operations {
  private static final String VOLUME = "data";
  private static final String NET = "net1";
  private static final long PATIENCE_SECONDS = 30;

  private final String subject;

  /**
   * @param subject name of the container that it is all about
   */
  Operations(String subject) {
    this.subject = subject;
  }

  Stream<Operation> all() {
    return Stream.of(
        removeNetworkAgain(),
        connect(),
        disconnect(),
        importImage(),
        tag(),
        removeImage(),
        createVolume(),
        removeVolumeAgain(),
        exec(),
        createNetwork(),
        removeStopped(),
        removeRunning(),
        stop(),
        create(),
        start("start without network", plain()),
        start("start with a terminal", Specs.run("sleep", "1000").terminal().stdin(false).spec()),
        start("start with an init", Specs.run("sleep", "1000").init().user("user").spec()),
        start("start with a volume and a bind", mounted()),
        start("start on the bridge with a port", published()));
  }

  private static ContainerSpec plain() {
    return Specs.run("sleep", "1000").spec();
  }

  private static ContainerSpec mounted() {
    return Specs.run("sleep", "1000")
        .mount(volume(VOLUME))
        .bind("/usr/share", "/share", true)
        .spec();
  }

  private static MountSpec volume(String name) {
    return new MountSpec(MountSpec.Kind.VOLUME, name, "/data", false, "", "", false);
  }

  private static ContainerSpec published() {
    NetworkingSpec bridge = NetworkingSpec.standard("bridge");
    return Specs.run("sleep", "1000")
        .networking(
            new NetworkingSpec(
                bridge.mode(),
                Map.of(),
                List.of(new NetworkingSpec.PublishedPort("80/tcp", "", "8080")),
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ""))
        .spec();
  }

  private void running(Engine engine, ContainerSpec spec) {
    engine.containers().create(subject, spec);
    engine.containers().start(subject);
  }

  private void removeAll(Engine engine) {
    removeContainer(engine, subject);
    for (Volume volume : engine.volumes().list()) {
      engine.volumes().remove(volume.name(), List.of());
    }
    removeNetwork(engine, NET);
  }

  private Operation create() {
    return new Operation(
        "create with a named and an anonymous volume",
        Set.of(ACQUIRES),
        Operation::nothing,
        engine ->
            engine
                .containers()
                .create(
                    subject,
                    Specs.run("sleep", "1000").mount(volume(VOLUME)).mount(anonymous()).spec()),
        this::removeAll);
  }

  private static MountSpec anonymous() {
    return new MountSpec(MountSpec.Kind.VOLUME, "", "/www", false, "", "", false);
  }

  private Operation start(String name, ContainerSpec spec) {
    return new Operation(
        name,
        spec.networking().mode().equals("none") ? Set.of(ACQUIRES) : Set.of(ACQUIRES, NETWORK),
        engine -> engine.containers().create(subject, spec),
        engine -> engine.containers().start(subject),
        this::removeAll);
  }

  private Operation exec() {
    return new Operation(
        "exec",
        Set.of(ACQUIRES),
        engine -> running(engine, plain()),
        engine -> {
          Exec exec = engine.containers().createExec(subject, Specs.exec("true"));
          engine.containers().startExec(exec);
          exec.exit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        },
        this::removeAll);
  }

  private Operation stop() {
    return new Operation(
        "stop",
        Set.of(NETWORK),
        engine -> running(engine, published()),
        engine -> {
          engine.containers().stop(subject, Optional.empty(), Optional.of(0));
          engine
              .containers()
              .await(subject, WaitCondition.NOT_RUNNING)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        },
        engine -> {
          if (!engine.containers().get(subject).state().status().isAlive()) {
            engine.containers().start(subject); // as good as new, whatever its end has met
          }
          removeAll(engine);
        });
  }

  private Operation removeStopped() {
    return new Operation(
        "remove a container that has ended",
        Set.of(),
        engine -> {
          engine.containers().create(subject, Specs.run("true").mount(anonymous()).spec());
          engine.containers().start(subject);
          engine
              .containers()
              .await(subject, WaitCondition.NOT_RUNNING)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        },
        engine -> removeContainer(engine, subject),
        this::removeAll);
  }

  private Operation removeRunning() {
    return new Operation(
        "remove a running container by force",
        Set.of(NETWORK),
        engine -> running(engine, published()),
        engine -> removeContainer(engine, subject),
        this::removeAll);
  }

  private Operation createNetwork() {
    return new Operation(
        "network create",
        Set.of(ACQUIRES, NETWORK),
        Operation::nothing,
        engine -> engine.networks().create(NetworkSpec.bridge(NET)),
        this::removeAll);
  }

  private Operation removeNetworkAgain() {
    return new Operation(
        "network rm",
        Set.of(NETWORK),
        engine -> engine.networks().create(NetworkSpec.bridge(NET)),
        engine -> removeNetwork(engine, NET),
        this::removeAll);
  }

  private static NetworkingSpec.EndpointRequest anyAddress() {
    return new NetworkingSpec.EndpointRequest("", "", List.of(), List.of(), 0);
  }

  private Operation connect() {
    return new Operation(
        "network connect",
        Set.of(ACQUIRES, NETWORK),
        engine -> {
          engine.networks().create(NetworkSpec.bridge(NET));
          running(engine, published());
        },
        engine -> engine.containers().connect(subject, engine.networks().get(NET), anyAddress()),
        this::removeAll);
  }

  private Operation disconnect() {
    return new Operation(
        "network disconnect",
        Set.of(NETWORK),
        engine -> {
          engine.networks().create(NetworkSpec.bridge(NET));
          running(engine, published());
          engine.containers().connect(subject, engine.networks().get(NET), anyAddress());
        },
        engine -> engine.containers().disconnect(subject, engine.networks().get(NET), true),
        this::removeAll);
  }

  private static void removeImage(Engine engine, String name) {
    if (engine.images().find(name).isPresent()) {
      engine.images().remove(name, true, List.of());
    }
  }

  /**
   * An import or a removal that was killed half-way leaves an image without a name, as Docker's.
   */
  private static void removeImages(Engine engine, String name) {
    removeImage(engine, name);
    engine.images().pruneDangling(List.of(), image -> true);
  }

  private Operation importImage() {
    return new Operation(
        "import",
        Set.of(ACQUIRES),
        Operation::nothing,
        engine -> SmallImage.importInto(engine.images(), "small"),
        engine -> removeImages(engine, "small"));
  }

  private Operation tag() {
    return new Operation(
        "tag",
        Set.of(ACQUIRES),
        Operation::nothing,
        engine -> engine.images().tag("busybox", ImageReference.parse("other:1")),
        engine -> removeImage(engine, "other:1"));
  }

  private Operation removeImage() {
    return new Operation(
        "rmi",
        Set.of(),
        engine -> SmallImage.importInto(engine.images(), "small"),
        engine -> removeImage(engine, "small"),
        engine -> removeImages(engine, "small"));
  }

  private Operation createVolume() {
    return new Operation(
        "volume create",
        Set.of(ACQUIRES),
        Operation::nothing,
        engine -> engine.volumes().create(VOLUME, Map.of("key", "value")),
        this::removeAll);
  }

  private Operation removeVolumeAgain() {
    return new Operation(
        "volume rm",
        Set.of(),
        engine -> engine.volumes().create(VOLUME, Map.of()),
        engine -> removeVolume(engine, VOLUME),
        this::removeAll);
  }
}
