package io.jdocker.junit;

import io.jdocker.engine.BuildSettings;
import io.jdocker.engine.Container;
import io.jdocker.engine.ContainerEngine;
import io.jdocker.engine.ContainerRequest;
import io.jdocker.engine.ContainerRequestBuilder;
import io.jdocker.engine.Image;
import io.jdocker.engine.Mount;
import io.jdocker.engine.Network;
import io.jdocker.engine.NetworkJoin;
import io.jdocker.engine.NetworkRequest;
import io.jdocker.engine.ResourceLimits;
import io.jdocker.engine.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Makes what annotations ask for. */
final class FixtureMaker {
  private static final int SUFFIX = 8;

  private final ContainerEngine engine;
  private final Fixtures fixtures;

  FixtureMaker(ContainerEngine engine, Fixtures fixtures) {
    this.engine = engine;
    this.fixtures = fixtures;
  }

  Network network(String field, NetworkFixture wish) {
    NetworkRequest request = NetworkRequest.named(unique(field)).withSubnet(wish.subnet());
    Network network = engine.networks().create(wish.internal() ? request.closed() : request);
    fixtures.add(field, network);
    return network;
  }

  Volume volume(String field) {
    Volume volume = engine.volumes().create(unique(field));
    fixtures.add(field, volume);
    return volume;
  }

  Image image(String field, ImageFixture wish) {
    long sources =
        Stream.of(wish.reference(), wish.archive(), wish.folder())
            .filter(source -> !source.isEmpty())
            .count();
    if (sources != 1) {
      throw new ExtensionConfigurationException(
          "the image " + field + " needs exactly one of reference, archive and folder");
    }
    Image image = source(field, wish);
    fixtures.add(field, image);
    return image;
  }

  private Image source(String field, ImageFixture wish) {
    if (!wish.reference().isEmpty()) {
      return engine.images().need(wish.reference());
    }
    if (!wish.archive().isEmpty()) {
      List<Image> images = engine.images().load(Path.of(wish.archive()));
      if (images.size() != 1) {
        throw new ExtensionConfigurationException(
            wish.archive() + " holds " + images.size() + " images, not one");
      }
      return images.get(0);
    }
    // A name of its own, so that the next build of it replaces this one.
    String name = "jdocker-junit/" + field.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    BuildSettings settings =
        BuildSettings.named(name)
            .withDockerfile(wish.dockerfile())
            .withTarget(wish.target())
            .withNetwork(wish.network());
    for (String argument : wish.arguments()) {
      Variable variable = Variable.parse(field, argument);
      settings = settings.withArgument(variable.name(), variable.value());
    }
    return engine.images().build(Path.of(wish.folder()), settings);
  }

  /** Starts a container and waits until it is ready. */
  Container container(ContainerFixture wish, ContainerRequest request) {
    Container container = engine.containers().create(request);
    fixtures.add(container);
    container.start();
    return container.await(Waits.of(wish));
  }

  ContainerRequest request(String field, ContainerFixture wish) {
    if (wish.image().isEmpty()) {
      throw new ExtensionConfigurationException(
          "the container " + field + " needs an image, or a method that makes its request");
    }
    ContainerRequestBuilder builder =
        ContainerRequest.image(imageName(wish)).name(unique(field)).user(wish.user());
    if (wish.entrypoint().length > 0) {
      builder.entrypoint(wish.entrypoint());
    }
    if (wish.command().length > 0) {
      builder.command(wish.command());
    }
    for (String text : wish.environment()) {
      Variable variable = Variable.parse(field, text);
      builder.environment(variable.name(), variable.value());
    }
    for (int port : wish.ports()) {
      builder.port(port);
    }
    for (String folder : wish.tmpfs()) {
      builder.mount(Mount.tmpfs(folder));
    }
    for (String volume : wish.volumes()) {
      builder.mount(mount(field, volume));
    }
    if (!wish.network().isEmpty()) {
      builder.network(join(field, wish));
    }
    return builder.limits(ResourceLimits.none().withMemory(wish.memory())).build();
  }

  private String imageName(ContainerFixture wish) {
    Optional<Image> fixture = fixtures.find(wish.image(), Image.class);
    if (fixture.isPresent()) {
      return fixture.get().names().stream().findFirst().orElse(fixture.get().id());
    }
    engine.images().need(wish.image());
    return wish.image();
  }

  /** Tests run side by side on one engine: names of theirs would meet. */
  private static String unique(String field) {
    return field + "-" + UUID.randomUUID().toString().substring(0, SUFFIX);
  }

  private Mount mount(String field, String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new ExtensionConfigurationException(
          "the volume \"" + text + "\" of container " + field + " is not of the form NAME:/path");
    }
    String name = text.substring(0, colon);
    String volume = fixtures.find(name, Volume.class).map(Volume::name).orElse(name);
    return Mount.volume(volume, text.substring(colon + 1));
  }

  private NetworkJoin join(String field, ContainerFixture wish) {
    String network =
        fixtures.find(wish.network(), Network.class).map(Network::name).orElse(wish.network());
    String[] aliases = wish.aliases().length == 0 ? new String[] {field} : wish.aliases();
    return NetworkJoin.of(network, aliases);
  }
}
