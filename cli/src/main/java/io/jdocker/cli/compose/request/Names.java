package io.jdocker.cli.compose.request;

import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;

/** What things of a project are called. */
public final class Names {
  private Names() {}

  /** The service's own name for it, or PROJECT-SERVICE-N. */
  public static String container(Project project, Service service, int number) {
    String own = service.identity().containerName();
    return own.isEmpty() ? project.name() + "-" + service.name() + "-" + number : own;
  }

  /** The image of a service: what the file says, else PROJECT-SERVICE, which is built. */
  public static String image(Project project, Service service) {
    String image = service.origin().image();
    return image.isEmpty() ? project.name() + "-" + service.name() : image;
  }
}
