package io.jdocker.network.path;

import io.jdocker.network.rules.Packet;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;

/** Where a packet has got to. */
sealed interface End {
  Packet packet();

  /** At a namespace it is for. */
  record Arrived(Place place, Packet packet) implements End {}

  /** Out by a link, to where nobody here can look. */
  record Left(Place place, SeenLink link, Packet packet) implements End {}
}
