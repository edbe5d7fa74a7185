package io.jdocker.cli.compose.act;

import io.jdocker.cli.compose.engine.ProjectEngine;
import java.io.IOException;

/** Makes what the containers of services need to be there before them. */
public final class Surroundings {
  private final Undertaking undertaking;

  public Surroundings(Undertaking undertaking) {
    this.undertaking = undertaking;
  }

  /** Makes the networks and volumes of the services. */
  public void ensure(ProjectEngine engine, Iterable<String> services) throws IOException {
    new Networks(engine, undertaking.board()).ensure(undertaking.project(), services);
    new Volumes(engine, undertaking.board()).ensure(undertaking.project(), services);
  }
}
