package io.jdocker.network;

import io.jdocker.network.state.SandboxState;
import io.jdocker.network.state.StateFolder;
import java.util.List;
import java.util.Map;

/**
 * A running container gets another name: its neighbours find it by that from now on, and so do
 * those who link to it. Its namespace keeps its name under /run/netns until the next start.
 * Thread-safe.
 */
final class SandboxRename {
  private final StateFolder<SandboxState> files;
  private final Map<String, LiveSandbox> byContainer;
  private final Neighbours neighbours;
  private final NameService service;

  SandboxRename(
      StateFolder<SandboxState> files,
      Map<String, LiveSandbox> byContainer,
      Neighbours neighbours,
      NameService service) {
    this.files = files;
    this.byContainer = byContainer;
    this.neighbours = neighbours;
    this.service = service;
  }

  /** Renames; nothing happens where the container has no network now. */
  void rename(String containerId, String name) {
    // One container's lock after another: whoever needs two would wait for the other way round.
    for (LiveSandbox linking : byContainer.values()) {
      synchronized (linking) {
        linking
            .state()
            .filter(state -> linksTo(state, containerId))
            .ifPresent(state -> change(linking, withLinks(state, containerId, name)));
      }
    }
    LiveSandbox live = byContainer.get(containerId);
    if (live != null) {
      synchronized (live) {
        live.state()
            .ifPresent(
                state -> {
                  SandboxState named = state.with(state.sandbox().named(name));
                  change(live, named);
                  service.moved(state, named);
                });
      }
      live.state().ifPresent(neighbours::moved);
    }
  }

  private void change(LiveSandbox live, SandboxState changed) {
    if (!live.isGone()) {
      files.write(changed.sandbox().containerId(), changed);
      live.state(changed);
    }
  }

  private static boolean linksTo(SandboxState state, String containerId) {
    return state.links().stream().anyMatch(link -> link.containerId().equals(containerId));
  }

  private static SandboxState withLinks(SandboxState state, String containerId, String name) {
    List<Link> links =
        state.links().stream()
            .map(link -> link.containerId().equals(containerId) ? link.named(name) : link)
            .toList();
    return state.withLinks(links);
  }
}
