package io.jdocker.compose.parse;

import io.jdocker.compose.model.Build;
import io.jdocker.compose.model.Connection;
import io.jdocker.compose.model.Dependency;
import io.jdocker.compose.model.HealthCheck;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One service's record from its canonical form. */
final class ServiceParser {
  /** What a host without a swarm, Windows or a plugin has no meaning for. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "credential_spec", "isolation", "provider", "models", "gpus", "post_start", "pre_stop");

  private final Fields fields;
  private final String name;

  ServiceParser(String name, Value service) {
    this.name = name;
    this.fields = Fields.of(service, "services." + name);
  }

  Service parse(Mapping document) {
    for (String key : UNSUPPORTED) {
      if (fields.has(key)) {
        throw fields.misplaced(key, "is not supported by jdocker");
      }
    }
    fields.ignoring("extends", "env_file", "label_file", "develop", "use_api_socket");
    Fields deploy =
        fields.below("deploy").orElse(Fields.of(Mapping.empty(document.position()), ""));
    Service service =
        new Service(
            name,
            identity(),
            origin(),
            command(),
            new ConfinementParser(fields).parse(),
            new ResourcesParser(fields, deploy).parse(),
            new ConnectionParser(fields).parse(),
            new StorageParser(fields).parse(),
            Map.of(),
            healthCheck(),
            lifecycle(deploy),
            document);
    deploy.ignoring("labels", "placement", "update_config", "rollback_config").end();
    Map<String, Dependency> needed = dependencies(service);
    fields.end();
    checkTogether(service);
    return with(service, needed);
  }

  private static Service with(Service service, Map<String, Dependency> needed) {
    return new Service(
        service.name(),
        service.identity(),
        service.origin(),
        service.command(),
        service.confinement(),
        service.resources(),
        service.connection(),
        service.storage(),
        needed,
        service.healthCheck(),
        service.lifecycle(),
        service.document());
  }

  private void checkTogether(Service service) {
    Service.Origin origin = service.origin();
    if (origin.image().isEmpty() && origin.build().isEmpty()) {
      throw new io.jdocker.linux.failure.InvalidArgument(
          "service \""
              + name
              + "\" has neither an image nor a build context specified: "
              + "invalid compose project");
    }
    Connection connection = service.connection();
    if (!connection.mode().isEmpty() && !connection.networks().isEmpty()) {
      throw fields.misplaced(
          "network_mode", "declares mutually exclusive `network_mode` and `networks`");
    }
    if (service.lifecycle().replicas() > 1 && !service.identity().containerName().isEmpty()) {
      throw fields.misplaced(
          "container_name", "can't set container_name and replicas > 1: a name is one container's");
    }
    if (connection.mode().equals("host") && !connection.ports().isEmpty()) {
      throw fields.misplaced("ports", "cannot be published with network_mode: host");
    }
  }

  private Service.Identity identity() {
    String containerName = fields.name("container_name");
    if (!containerName.isEmpty() && !containerName.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]+")) {
      throw fields.mistake("container_name", "does not match pattern '[a-zA-Z0-9][a-zA-Z0-9_.-]+'");
    }
    return new Service.Identity(
        containerName,
        fields.map("labels"),
        fields.map("annotations"),
        fields.texts("profiles"),
        fields.optionalFlag("attach").orElse(true));
  }

  private Service.Origin origin() {
    String policy = fields.text("pull_policy");
    if (!policy.matches("|always|never|missing|if_not_present|build|daily|weekly|every_.+")) {
      throw fields.mistake(
          "pull_policy",
          "must be one of always, never, missing, build, daily," + " weekly, every_DURATION");
    }
    return new Service.Origin(
        fields.name("image"),
        fields.below("build").map(ServiceParser::build),
        policy.equals("if_not_present") ? "missing" : policy,
        fields.text("platform"),
        fields.text("runtime"));
  }

  private static Build build(Fields build) {
    build.ignoring("cache_from", "cache_to", "isolation", "provenance", "sbom");
    for (String key : List.of("additional_contexts", "ssh", "secrets", "entitlements", "ulimits")) {
      if (build.has(key)) {
        throw build.misplaced(key, "is not supported by jdocker's builder");
      }
    }
    if (build.flag("privileged")) {
      throw build.misplaced("privileged", "is not supported by jdocker's builder");
    }
    List<String> platforms = build.texts("platforms");
    if (platforms.size() > 1) {
      throw build.mistake("platforms", "multi-platform builds are not supported");
    }
    Build parsed =
        new Build(
            build.text("context"),
            build.text("dockerfile"),
            build.text("dockerfile_inline"),
            build.optionalMap("args"),
            build.map("labels"),
            build.texts("tags"),
            build.text("target"),
            build.text("network"),
            platforms.isEmpty() ? "" : platforms.get(0),
            ConnectionParser.hosts(build, "extra_hosts"),
            build.bytes("shm_size"),
            build.flag("no_cache"),
            build.flag("pull"));
    if (!parsed.dockerfile().isEmpty() && !parsed.inline().isEmpty()) {
      throw build.misplaced(
          "dockerfile_inline", "declares mutually exclusive dockerfile and dockerfile_inline");
    }
    build.end();
    return parsed;
  }

  private Service.Command command() {
    return new Service.Command(
        fields.command("entrypoint"),
        fields.command("command"),
        fields.optionalMap("environment"),
        fields.text("user"),
        fields.texts("group_add"),
        fields.text("working_dir"),
        fields.flag("tty"),
        fields.flag("stdin_open"),
        fields.optionalFlag("init"));
  }

  private Optional<HealthCheck> healthCheck() {
    Optional<Fields> below = fields.below("healthcheck");
    if (below.isEmpty()) {
      return Optional.empty();
    }
    Fields check = below.get();
    List<String> test = check.texts("test");
    if (check.flag("disable")) {
      test = List.of("NONE");
    }
    if (!test.isEmpty() && !Set.of("NONE", "CMD", "CMD-SHELL").contains(test.get(0))) {
      throw check.mistake("test", "must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\"");
    }
    HealthCheck parsed =
        new HealthCheck(
            test,
            check.duration("interval").orElse(Duration.ZERO),
            check.duration("timeout").orElse(Duration.ZERO),
            check.duration("start_period").orElse(Duration.ZERO),
            check.duration("start_interval").orElse(Duration.ZERO),
            check.integer("retries"));
    check.end();
    return Optional.of(parsed);
  }

  private Service.Lifecycle lifecycle(Fields deploy) {
    String restart = fields.text("restart");
    int attempts = 0;
    if (restart.startsWith("on-failure:")) {
      String count = restart.substring("on-failure:".length());
      if (!count.matches("\\d{1,9}")) {
        throw fields.mistake(
            "restart", "invalid restart policy: maximum retry count must be an" + " integer");
      }
      attempts = Integer.parseInt(count);
      restart = "on-failure";
    }
    if (!restart.matches("|no|false|always|on-failure|unless-stopped")) {
      throw fields.mistake(
          "restart", "must be one of \"no\", \"always\", \"on-failure\", \"unless-stopped\"");
    }
    if (restart.equals("false")) {
      restart = "no";
    }
    Optional<Fields> policy = deploy.below("restart_policy");
    if (policy.isPresent() && restart.isEmpty()) {
      Fields given = policy.get().ignoring("delay", "window");
      restart =
          switch (given.word("condition", List.of("none", "on-failure", "any"))) {
            case "none" -> "no";
            case "on-failure" -> "on-failure";
            default -> "always";
          };
      attempts = given.integer("max_attempts");
      given.end();
    }
    return new Service.Lifecycle(
        replicas(deploy),
        restart,
        restart.equals("on-failure") ? attempts : 0,
        fields.text("stop_signal"),
        fields.duration("stop_grace_period"),
        logging());
  }

  private int replicas(Fields deploy) {
    deploy.word("mode", List.of("replicated", "global", "replicated-job", "global-job"));
    deploy.ignoring("endpoint_mode");
    Optional<Integer> scale = fields.optionalInteger("scale");
    Optional<Integer> replicas = deploy.optionalInteger("replicas");
    if (scale.isPresent() && replicas.isPresent() && !scale.equals(replicas)) {
      throw fields.mistake("scale", "can't set distinct values on 'scale' and 'deploy.replicas'");
    }
    int count = scale.or(() -> replicas).orElse(1);
    if (count < 0) {
      throw scale.isPresent()
          ? fields.mistake("scale", "must be at least 0")
          : deploy.mistake("replicas", "must be at least 0");
    }
    return count;
  }

  private Optional<Service.Logging> logging() {
    Optional<Fields> logging = fields.below("logging");
    if (logging.isEmpty()) {
      return Optional.empty();
    }
    Service.Logging parsed =
        new Service.Logging(logging.get().text("driver"), logging.get().map("options"));
    logging.get().end();
    return Optional.of(parsed);
  }

  /** The services it names: in depends_on, links, and where it shares a namespace or volumes. */
  private Map<String, Dependency> dependencies(Service service) {
    Map<String, Dependency> needed = new LinkedHashMap<>();
    for (Map.Entry<String, Fields> entry : fields.each("depends_on").entrySet()) {
      Fields one = entry.getValue();
      String word = one.text("condition");
      Dependency.Condition condition = Dependency.Condition.STARTED;
      boolean isKnown = word.isEmpty();
      for (Dependency.Condition candidate : Dependency.Condition.values()) {
        if (candidate.word().equals(word)) {
          condition = candidate;
          isKnown = true;
        }
      }
      if (!isKnown) {
        throw one.mistake(
            "condition",
            "must be one of service_started, service_healthy, service_completed_successfully");
      }
      needed.put(
          entry.getKey(),
          new Dependency(
              condition, one.flag("restart"), one.optionalFlag("required").orElse(true)));
      one.end();
    }
    Dependency started = new Dependency(Dependency.Condition.STARTED, true, true);
    for (String mode :
        List.of(
            service.connection().mode(),
            service.confinement().pid(),
            service.confinement().ipc())) {
      if (mode.startsWith("service:")) {
        needed.putIfAbsent(mode.substring("service:".length()), started);
      }
    }
    for (String link : service.connection().links()) {
      needed.putIfAbsent(link.split(":", -1)[0], started);
    }
    for (String from : service.storage().volumesFrom()) {
      if (!from.startsWith("container:")) {
        needed.putIfAbsent(
            from.split(":", -1)[0], new Dependency(Dependency.Condition.STARTED, false, true));
      }
    }
    return needed;
  }
}
