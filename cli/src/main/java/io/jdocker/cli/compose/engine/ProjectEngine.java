package io.jdocker.cli.compose.engine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The engine, asked about one project. Not thread-safe: each thread takes {@link #another}. */
public final class ProjectEngine implements Closeable {
  private final ApiClient api;
  private final String project;

  public ProjectEngine(ApiClient api, String project) {
    this.api = api;
    this.project = project;
  }

  /** The same on a connection of its own. */
  public ProjectEngine another() {
    return new ProjectEngine(api.another(), project);
  }

  public ApiClient api() {
    return api;
  }

  public String project() {
    return project;
  }

  /** All containers of the project by service and number, one-off ones too. */
  public List<ServiceContainer> all() throws IOException {
    Query query =
        Query.of("/containers/json")
            .with("all", "1")
            .with("filters", Filters.json(List.of(Labels.filter(Labels.PROJECT, project))));
    List<ServiceContainer> containers = new ArrayList<>();
    for (ApiObject listed : ApiObject.list(api.get(query))) {
      containers.add(ServiceContainer.of(listed));
    }
    containers.sort(
        Comparator.comparing(ServiceContainer::service)
            .thenComparingInt(ServiceContainer::number)
            .thenComparing(ServiceContainer::name));
    return containers;
  }

  /** The containers of services: all but one-off ones. */
  public List<ServiceContainer> ofServices() throws IOException {
    return all().stream().filter(container -> !container.oneOff()).toList();
  }

  /** Those of one service. */
  public List<ServiceContainer> of(String service) throws IOException {
    return ofServices().stream().filter(c -> c.service().equals(service)).toList();
  }

  public ApiObject inspect(String container) throws IOException {
    return ApiObject.of(api.get(Query.of("/containers/", container, "/json")));
  }

  /** Does something to a container that takes no document. */
  public void post(String container, String action) throws IOException {
    api.post(Query.of("/containers/", container, "/" + action));
  }

  /** Ends it by its own stop signal; {@code timeout} in seconds, empty for its own. */
  public void stop(String container, String timeout) throws IOException {
    api.post(Query.of("/containers/", container, "/stop").with("t", timeout));
  }

  /** Removes it, running or not. */
  public void remove(String container, boolean withVolumes) throws IOException {
    api.delete(Query.of("/containers/", container, "").when(withVolumes, "v").with("force", "1"));
  }

  /** Makes a container; warnings are in the answer. */
  public ApiObject create(String name, String platform, JsonObject document) throws IOException {
    Query query = Query.of("/containers/create").with("name", name).with("platform", platform);
    return ApiObject.of(api.post(query, document));
  }

  /** An object by its name, where there is one: {@code /networks/}, {@code /volumes/}. */
  public Optional<ApiObject> find(String prefix, String name, String suffix) throws IOException {
    try {
      JsonElement found = api.get(Query.of(prefix, name, suffix));
      return Optional.of(ApiObject.of(found));
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The networks or volumes that carry the project's label. */
  public List<ApiObject> labelled(String path, String member) throws IOException {
    Query query =
        Query.of(path)
            .with("filters", Filters.json(List.of(Labels.filter(Labels.PROJECT, project))));
    JsonElement answer = api.get(query);
    return member.isEmpty() ? ApiObject.list(answer) : ApiObject.of(answer).objects(member);
  }

  @Override
  public void close() throws IOException {
    api.close();
  }
}
