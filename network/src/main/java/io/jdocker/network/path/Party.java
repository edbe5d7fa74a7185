package io.jdocker.network.path;

import io.jdocker.network.Ipv4;
import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Place;
import java.util.Optional;

/**
 * Who sends or gets a packet.
 *
 * @param place where that is; empty for somebody outside
 * @param address where it was given as an address
 * @param door for somebody outside the link by which their packets come in
 */
record Party(Optional<Place> place, Optional<Ipv4> address, Optional<LinkEnd> door) {}
