package io.jdocker.network.doctor;

import io.jdocker.linux.Sysctl;
import io.jdocker.network.Network;
import io.jdocker.network.firewall.Firewall;
import io.jdocker.network.firewall.RuleReader;
import io.jdocker.network.rules.RuleTables;
import io.jdocker.network.survey.Owner;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The host as the checks see it. Must be used in the engine's network namespace. One thread.
 *
 * <p>What is asked for twice is read twice but for the rules: a check sees the host as it is.
 */
public final class Patient {
  private final Survey survey;
  private final Firewall firewall;
  private final RuleReader reader;
  private final Path nameServers;
  private final Set<Integer> ports;
  private final RuleTables rules;

  /**
   * @param nameServers the host's resolv.conf(5)
   * @param ports ports that the user wants to publish
   */
  public Patient(
      Survey survey, Firewall firewall, RuleReader reader, Path nameServers, Set<Integer> ports) {
    this.survey = survey;
    this.firewall = firewall;
    this.reader = reader;
    this.nameServers = nameServers;
    this.ports = Set.copyOf(ports);
    this.rules = RuleTables.parse(reader.save());
  }

  Survey survey() {
    return survey;
  }

  Firewall firewall() {
    return firewall;
  }

  /** The rules of the variant that {@code iptables} is on this host. */
  RuleTables rules() {
    return rules;
  }

  /** What a variant of iptables-save prints. */
  String saved(String program) {
    return reader.save(program);
  }

  Set<Integer> ports() {
    return ports;
  }

  /** A setting by its name; empty where the kernel has none such. */
  Optional<String> setting(String name) {
    return Sysctl.exists(name) ? Optional.of(Sysctl.read(name)) : Optional.empty();
  }

  boolean isOn(String setting) {
    return setting(setting).filter("1"::equals).isPresent();
  }

  String nameServers() {
    try {
      return Files.exists(nameServers) ? Files.readString(nameServers) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bridges of this engine's networks. */
  List<SeenLink> bridges() {
    return survey.host().links().stream()
        .filter(l -> l.isBridge() && l.owner() instanceof Owner.Engine)
        .toList();
  }

  /** The bridges of others. */
  List<SeenLink> foreignBridges() {
    return survey.host().links().stream()
        .filter(l -> l.isBridge() && l.owner().isForeign())
        .toList();
  }

  Optional<Network> network(SeenLink bridge) {
    return survey.networks().stream().filter(n -> n.bridge().equals(bridge.name())).findFirst();
  }
}
