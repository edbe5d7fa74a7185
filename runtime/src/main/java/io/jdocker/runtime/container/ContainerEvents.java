package io.jdocker.runtime.container;

import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.event.EventBus;
import java.util.HashMap;
import java.util.Map;

/** Tells what happens to containers, with the attributes Docker's clients expect. */
final class ContainerEvents {
  private final EventBus bus;

  ContainerEvents(EventBus bus) {
    this.bus = bus;
  }

  void publish(Container container, String action, Map<String, String> more) {
    ContainerRecord record = container.record();
    Map<String, String> attributes = new HashMap<>(record.spec().labels());
    attributes.put("image", record.spec().image());
    attributes.put("name", record.name());
    attributes.putAll(more);
    bus.publish(Event.Type.CONTAINER, action, record.id().hex(), attributes);
  }

  void volume(String action, String name) {
    bus.publish(Event.Type.VOLUME, action, name, Map.of("driver", "local"));
  }

  void network(Container container, String action, String networkId, String networkName) {
    bus.publish(
        Event.Type.NETWORK,
        action,
        networkId,
        Map.of("container", container.id().hex(), "name", networkName, "type", "bridge"));
  }
}
