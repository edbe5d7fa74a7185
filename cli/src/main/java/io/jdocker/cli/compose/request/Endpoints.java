package io.jdocker.cli.compose.request;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.compose.model.Connection;
import io.jdocker.compose.model.Connection.Attachment;
import io.jdocker.compose.model.Connection.Port;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The networks and ports of a container. */
final class Endpoints {
  private final Project project;
  private final Service service;
  private final String containerName;
  private final boolean underServiceName;

  /**
   * Prepares them.
   *
   * @param underServiceName true when other containers find it by the service's name
   */
  Endpoints(Project project, Service service, String containerName, boolean underServiceName) {
    this.project = project;
    this.service = service;
    this.containerName = containerName;
    this.underServiceName = underServiceName;
  }

  /** The keys of its networks, that of the highest priority first. */
  private List<String> ordered() {
    Map<String, Attachment> networks = service.connection().networks();
    List<String> keys = new ArrayList<>(networks.keySet());
    keys.sort(Comparator.comparingInt((String key) -> -networks.get(key).priority()));
    return keys;
  }

  /** The engine's name of the first network. */
  String mode() {
    return project.networks().get(ordered().get(0)).name();
  }

  JsonObject networking() {
    JsonObject endpoints = new JsonObject();
    for (String key : ordered()) {
      endpoints.add(project.networks().get(key).name(), endpoint(key));
    }
    JsonObject networking = new JsonObject();
    networking.add("EndpointsConfig", endpoints);
    return networking;
  }

  private JsonObject endpoint(String key) {
    Attachment attachment = service.connection().networks().get(key);
    Set<String> aliases = new LinkedHashSet<>(List.of(containerName));
    if (underServiceName) {
      aliases.add(service.name());
      aliases.addAll(attachment.aliases());
    }
    JsonObject address =
        new JsonBody()
            .text("IPv4Address", attachment.ipv4())
            .text("IPv6Address", attachment.ipv6())
            .texts("LinkLocalIPs", attachment.linkLocal())
            .build();
    return new JsonBody()
        .texts("Aliases", List.copyOf(aliases))
        .texts("Links", links())
        .text("MacAddress", attachment.macAddress())
        .map("DriverOpts", attachment.driverOptions())
        .number("GwPriority", attachment.gatewayPriority())
        .member("IPAMConfig", address)
        .build();
  }

  /** {@code links: [db:database]} is a name for the linked service's first container. */
  private List<String> links() {
    List<String> links = new ArrayList<>();
    for (String link : service.connection().links()) {
      String[] parts = link.split(":", -1);
      Service other = project.services().get(parts[0]);
      String name = other == null ? parts[0] : Names.container(project, other, 1);
      links.add(name + ":" + (parts.length > 1 ? parts[1] : parts[0]));
    }
    links.addAll(service.connection().externalLinks());
    return links;
  }

  static JsonObject exposed(Connection connection, boolean published) {
    JsonObject exposed = new JsonObject();
    for (String port : connection.expose()) {
      exposed.add(port.indexOf('/') < 0 ? port + "/tcp" : port, new JsonObject());
    }
    for (Port port : published ? connection.ports() : List.<Port>of()) {
      exposed.add(key(port), new JsonObject());
    }
    return exposed;
  }

  static JsonObject bindings(Connection connection) {
    JsonObject bindings = new JsonObject();
    for (Port port : connection.ports()) {
      JsonObject binding = new JsonObject();
      binding.addProperty("HostIp", port.hostIp());
      binding.addProperty("HostPort", port.published());
      if (!bindings.has(key(port))) {
        bindings.add(key(port), new JsonArray());
      }
      bindings.getAsJsonArray(key(port)).add(binding);
    }
    return bindings;
  }

  private static String key(Port port) {
    return port.target() + "/" + (port.protocol().isEmpty() ? "tcp" : port.protocol());
  }
}
