package io.jdocker.network;

import io.jdocker.linux.Kernel;
import io.jdocker.network.doctor.Doctor;
import io.jdocker.network.doctor.Finding;
import io.jdocker.network.doctor.Patient;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.RuleReader;
import io.jdocker.network.graph.DotPicture;
import io.jdocker.network.graph.JsonPicture;
import io.jdocker.network.graph.SvgPicture;
import io.jdocker.network.graph.TextPicture;
import io.jdocker.network.path.Pathfinder;
import io.jdocker.network.path.Question;
import io.jdocker.network.path.Way;
import io.jdocker.network.survey.Survey;
import io.jdocker.network.survey.Surveyor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows the host as it is at this moment. Changes nothing. To be used in the engine's network
 * namespace; thread-safe.
 */
public final class NetworkSight {
  /** A way to draw the host. */
  public enum Format {
    TEXT,
    JSON,
    DOT,
    SVG
  }

  private final Surveyor surveyor;
  private final RuleReader reader;
  private final Firewall firewall;
  private final Path nameServers;

  /**
   * @param names where ip-netns(8) keeps names
   * @param nameServers the host's resolv.conf(5)
   */
  NetworkSight(
      Kernel kernel,
      Path names,
      RuleReader reader,
      Firewall firewall,
      Path nameServers,
      Supplier<List<Network>> networks,
      Supplier<List<Sandbox>> sandboxes) {
    this.surveyor = new Surveyor(kernel, names, networks, sandboxes);
    this.reader = reader;
    this.firewall = firewall;
    this.nameServers = nameServers;
  }

  /** Foretells the way of a packet and of its answer. */
  public Way path(Question question) {
    try (Survey survey = surveyor.take()) {
      return new Pathfinder(reader).find(survey, question);
    }
  }

  /**
   * Looks for faults.
   *
   * @param ports ports that the user wants to publish, to be told who has them
   */
  public List<Finding> diagnose(Set<Integer> ports) {
    try (Survey survey = surveyor.take()) {
      return new Doctor().examine(new Patient(survey, firewall, reader, nameServers, ports));
    }
  }

  /** Draws links, namespaces, containers, addresses and published ports. */
  public String graph(Format format) {
    try (Survey survey = surveyor.take()) {
      return switch (format) {
        case TEXT -> TextPicture.draw(survey);
        case JSON -> JsonPicture.draw(survey);
        case DOT -> DotPicture.draw(survey);
        case SVG -> SvgPicture.draw(survey);
      };
    }
  }
}
