package io.jdocker.engine;

import io.jdocker.runtime.spec.ContainerSpec;

/**
 * A container as it is to be. Immutable; made by a {@link ContainerRequestBuilder}.
 *
 * <pre>{@code
 * ContainerRequest database =
 *     ContainerRequest.image("postgres:16")
 *         .environment("POSTGRES_PASSWORD", "secret")
 *         .port(5432)
 *         .mount(Mount.tmpfs("/var/lib/postgresql/data"))
 *         .build();
 * }</pre>
 */
public final class ContainerRequest {
  private final String name;
  private final ContainerSpec spec;

  ContainerRequest(String name, ContainerSpec spec) {
    this.name = name;
    this.spec = spec;
  }

  /** Begins a request; the image must be in the engine when the container is created. */
  public static ContainerRequestBuilder image(String reference) {
    return new ContainerRequestBuilder(reference);
  }

  /** Begins a request for an image that the engine has built, loaded or pulled. */
  public static ContainerRequestBuilder image(Image image) {
    return new ContainerRequestBuilder(image.id());
  }

  /** What it is to be called; empty: the engine chooses. */
  public String name() {
    return name;
  }

  /** The image as it was asked for. */
  public String image() {
    return spec.image();
  }

  ContainerSpec spec() {
    return spec;
  }

  @Override
  public String toString() {
    return "container of " + spec.image() + (name.isEmpty() ? "" : " named " + name);
  }
}
