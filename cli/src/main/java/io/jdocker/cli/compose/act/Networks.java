package io.jdocker.cli.compose.act;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.compose.engine.Labels;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.compose.model.NetworkSpec;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the networks that services of a project use. */
final class Networks {
  private final ProjectEngine engine;
  private final Board board;

  Networks(ProjectEngine engine, Board board) {
    this.engine = engine;
    this.board = board;
  }

  void ensure(Project project, Iterable<String> services) throws IOException {
    Set<String> used = new LinkedHashSet<>();
    for (String name : services) {
      Service service = project.services().get(name);
      used.addAll(service.connection().networks().keySet());
    }
    for (NetworkSpec network : project.networks().values()) {
      if (used.contains(network.key())) {
        ensure(project, network);
      }
    }
  }

  private void ensure(Project project, NetworkSpec network) throws IOException {
    Optional<ApiObject> found = engine.find("/networks/", network.name(), "");
    if (network.external()) {
      if (found.isEmpty()) {
        throw new CommandFailure(
            "network " + network.name() + " declared as external, but could not be found");
      }
      return;
    }
    if (found.isPresent()) {
      Map<String, String> labels = found.get().map("Labels");
      String owner = labels.getOrDefault(Labels.PROJECT, "");
      if (owner.isEmpty()) {
        throw new CommandFailure(
            "network "
                + network.name()
                + " was found but has incorrect label "
                + Labels.NETWORK
                + " set to \"\" (expected: \""
                + network.key()
                + "\")");
      }
      if (!owner.equals(project.name())) {
        board.warning(
            "a network with name "
                + network.name()
                + " exists but was not created for project \""
                + project.name()
                + "\".\nSet `external: true` to use an existing network");
      }
      return;
    }
    board.tell("Network", network.name(), "Creating");
    engine.api().post(Query.of("/networks/create"), document(project, network));
    board.tell("Network", network.name(), "Created");
  }

  private static JsonObject document(Project project, NetworkSpec network) {
    Map<String, String> labels = new LinkedHashMap<>(network.labels());
    labels.put(Labels.PROJECT, project.name());
    labels.put(Labels.NETWORK, network.key());
    labels.put(Labels.VERSION, ComposeVersion.TEXT);
    JsonArray pools = new JsonArray();
    for (NetworkSpec.Pool pool : network.pools()) {
      pools.add(
          new JsonBody()
              .text("Subnet", pool.subnet())
              .text("IPRange", pool.ipRange())
              .text("Gateway", pool.gateway())
              .map("AuxiliaryAddresses", pool.auxiliary())
              .build());
    }
    JsonObject ipam =
        new JsonBody()
            .text("Driver", network.ipamDriver())
            .map("Options", network.ipamOptions())
            .member("Config", pools)
            .build();
    return new JsonBody()
        .text("Name", network.name())
        .text("Driver", network.driver())
        .map("Options", network.options())
        .flag("Internal", network.internal())
        .flag("Attachable", network.attachable())
        .flag("EnableIPv6", network.ipv6())
        .flag("CheckDuplicate", true)
        .member("IPAM", ipam)
        .map("Labels", labels)
        .build();
  }
}
