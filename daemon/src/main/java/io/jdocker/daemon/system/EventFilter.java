package io.jdocker.daemon.system;

import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.LabelFilter;
import io.jdocker.daemon.http.Query;
import io.jdocker.runtime.event.Event;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The filters of {@code docker events}: values of one name are alternatives, but for labels. */
record EventFilter(Filters filters) implements Predicate<Event> {
  private static final Set<String> NAMES =
      Set.of(
          "container",
          "daemon",
          "event",
          "image",
          "label",
          "network",
          "plugin",
          "scope",
          "type",
          "volume",
          "config",
          "node",
          "secret",
          "service");

  static EventFilter of(Query query) {
    return new EventFilter(Filters.of(query, NAMES));
  }

  @Override
  public boolean test(Event event) {
    return any("type", type -> event.type().name().toLowerCase(Locale.ROOT).equals(type))
        && any("event", action -> isAction(event, action))
        && any("scope", "local"::equals)
        && object("container", Event.Type.CONTAINER, event)
        && object("network", Event.Type.NETWORK, event)
        && object("volume", Event.Type.VOLUME, event)
        && object("daemon", Event.Type.DAEMON, event)
        && any("image", image -> isOfImage(event, image))
        && none("plugin")
        && none("config")
        && none("node")
        && none("secret")
        && none("service")
        && LabelFilter.matches(filters.get("label"), event.attributes());
  }

  private boolean any(String name, Predicate<String> matches) {
    return !filters.has(name) || filters.get(name).stream().anyMatch(matches);
  }

  private boolean none(String name) {
    return !filters.has(name);
  }

  /** {@code exec_create} is the action {@code exec_create: sh -c true}, too. */
  private static boolean isAction(Event event, String action) {
    return event.action().equals(action) || event.action().startsWith(action + ":");
  }

  private boolean object(String name, Event.Type type, Event event) {
    return any(
        name,
        wanted ->
            event.type() == type
                && (event.id().startsWith(wanted)
                    || wanted.equals(event.attributes().get("name"))));
  }

  private static boolean isOfImage(Event event, String image) {
    String name =
        event.attributes().getOrDefault(event.type() == Event.Type.IMAGE ? "name" : "image", "");
    return event.id().equals(image) || name.equals(image) || name.startsWith(image + ":");
  }
}
