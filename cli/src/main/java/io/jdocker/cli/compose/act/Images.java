package io.jdocker.cli.compose.act;

import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Console;
import io.jdocker.cli.GlobalOptions;
import io.jdocker.cli.Session;
import io.jdocker.cli.build.BuildVerb;
import io.jdocker.cli.compose.engine.ProjectEngine;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.cli.compose.request.Names;
import io.jdocker.cli.http.ApiClient;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.image.ImageName;
import io.jdocker.cli.image.Progress;
import io.jdocker.cli.registry.RegistryAccess;
import io.jdocker.compose.model.Build;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets the images of services: found, pulled or built. */
public final class Images {
  /** How the caller wants images got. */
  public record Wishes(boolean build, boolean noBuild, String pull, boolean quietPull) {}

  /** How the caller wants them built, beside what the file says. */
  public record BuildWishes(boolean noCache, boolean pull, List<String> arguments, boolean quiet) {}

  private final Session session;
  private final Project project;
  private final Board board;

  public Images(Session session, Project project, Board board) {
    this.session = session;
    this.project = project;
    this.board = board;
  }

  /** Makes sure that the image of each service is there, each image once. */
  public void ensure(ProjectEngine engine, Iterable<String> services, Wishes wishes)
      throws IOException {
    List<String> done = new ArrayList<>();
    for (String name : services) {
      Service service = project.services().get(name);
      String image = Names.image(project, service);
      if (!done.contains(image) || service.origin().build().isPresent()) {
        done.add(image);
        ensure(engine, service, image, wishes);
      }
    }
  }

  private void ensure(ProjectEngine engine, Service service, String image, Wishes wishes)
      throws IOException {
    String policy = wishes.pull().isEmpty() ? service.origin().pullPolicy() : wishes.pull();
    boolean isThere = engine.find("/images/", image, "/json").isPresent();
    boolean canBuild = service.origin().build().isPresent() && !wishes.noBuild();
    if (canBuild && (wishes.build() || policy.equals("build"))) {
      build(service, new BuildWishes(false, false, List.of(), false));
      return;
    }
    boolean mayPull = service.origin().build().isEmpty() || policy.equals("always");
    boolean isStale = policy.matches("always|daily|weekly|every_.*");
    if (isThere && !(mayPull && isStale)) {
      return;
    }
    if (canBuild && !isStale) {
      build(service, new BuildWishes(false, false, List.of(), false));
    } else if (policy.equals("never")) {
      throw new CommandFailure("No such image: " + image);
    } else if (mayPull) {
      pull(engine.api(), service.name(), image, wishes.quietPull());
    } else {
      throw new CommandFailure(
          "service \""
              + service.name()
              + "\" has no image \""
              + image
              + "\" and must not be built: leave out --no-build");
    }
  }

  /** Pulls one image. */
  public void pull(ApiClient api, String service, String image, boolean quiet) throws IOException {
    board.line(" " + service + " Pulling ");
    Query query =
        Query.of("/images/create")
            .with("fromImage", ImageName.repository(image))
            .with("tag", ImageName.tagOrDigest(image))
            .with("platform", project.services().get(service).origin().platform());
    Progress.onErrors(session, quiet)
        .follow(api.open("POST", query, RegistryAccess.fields(session, image)));
    board.line(" " + service + " Pulled ");
  }

  /** Builds one image and gives it its names. */
  public void build(Service service, BuildWishes wishes) throws IOException {
    Build build = service.origin().build().orElseThrow();
    String image = Names.image(project, service);
    List<String> words = words(build, image, wishes);
    InputStream input = new ByteArrayInputStream(build.inline().getBytes(StandardCharsets.UTF_8));
    Session inner = new BuildSession(session, input, wishes.quiet());
    int code = Delegation.run(new BuildVerb(), inner, words);
    if (code != 0) {
      throw new CommandFailure("failed to build " + image, code);
    }
    board.line(" " + service.name() + "  Built");
  }

  private List<String> words(Build build, String image, BuildWishes wishes) {
    List<String> words = new ArrayList<>(List.of("--tag", image));
    build.tags().forEach(tag -> words.addAll(List.of("--tag", tag)));
    if (!build.inline().isEmpty()) {
      words.addAll(List.of("--file", "-"));
    } else if (!build.dockerfile().isEmpty()) {
      words.addAll(List.of("--file", dockerfile(build)));
    }
    for (Map.Entry<String, Optional<String>> argument : build.args().entrySet()) {
      String name = argument.getKey();
      words.addAll(
          List.of("--build-arg", argument.getValue().map(v -> name + "=" + v).orElse(name)));
    }
    wishes.arguments().forEach(argument -> words.addAll(List.of("--build-arg", argument)));
    build.labels().forEach((k, v) -> words.addAll(List.of("--label", k + "=" + v)));
    build
        .extraHosts()
        .forEach(
            (name, all) -> all.forEach(a -> words.addAll(List.of("--add-host", name + ":" + a))));
    option(words, "--target", build.target());
    option(words, "--network", build.network());
    option(words, "--platform", build.platform());
    option(words, "--shm-size", build.shmSize() == 0 ? "" : "" + build.shmSize());
    if (wishes.noCache() || build.noCache()) {
      words.add("--no-cache");
    }
    if (wishes.pull() || build.pull()) {
      words.add("--pull");
    }
    words.add(build.context());
    return words;
  }

  /** Relative to the context, where it lies. */
  private static String dockerfile(Build build) {
    return java.nio.file.Path.of(build.context()).resolve(build.dockerfile()).toString();
  }

  private static void option(List<String> words, String flag, String value) {
    if (!value.isEmpty()) {
      words.addAll(List.of(flag, value));
    }
  }

  /** The id of a service's image. */
  public static String id(ProjectEngine engine, String image) throws IOException {
    return engine.find("/images/", image, "/json").map(found -> found.text("Id")).orElse("");
  }

  /** A build's session: the Dockerfile on standard input, what is said on standard error. */
  private record BuildSession(Session outer, InputStream input, boolean quiet) implements Session {
    @Override
    public Console console() {
      java.io.OutputStream target =
          quiet ? java.io.OutputStream.nullOutputStream() : outer.console().err();
      return new Console(input, target, outer.console().err());
    }

    @Override
    public GlobalOptions options() {
      return outer.options();
    }

    @Override
    public Optional<String> environment(String name) {
      return outer.environment(name);
    }

    @Override
    public Map<String, String> environment() {
      return outer.environment();
    }

    @Override
    public ApiClient api() throws IOException {
      return outer.api();
    }
  }
}
