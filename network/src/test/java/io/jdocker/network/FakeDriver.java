package io.jdocker.network;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.driver.Driver;
import io.jdocker.network.namespace.OpenNamespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A kind of network that only notes what it is told to do, and fails where a test wants it. */
final class FakeDriver implements Driver {
  private final String name;
  private final Traits traits;
  private final List<String> calls = new ArrayList<>();
  private String broken = "";

  FakeDriver(String name, Traits traits) {
    this.name = name;
    this.traits = traits;
  }

  /** As bridge networks are. */
  static FakeDriver bridge() {
    return new FakeDriver("bridge", new Traits(true, true, true, true));
  }

  /** As macvlan and ipvlan networks are: addresses, but no bridge. */
  static FakeDriver stacked(String name, boolean ownMac) {
    return new FakeDriver(name, new Traits(true, false, ownMac, true));
  }

  /** From now on this call fails: {@code join blue}; empty text for none. */
  void fail(String call) {
    broken = call;
  }

  /** What was called since the last time. */
  List<String> calls() {
    List<String> all = List.copyOf(calls);
    calls.clear();
    return all;
  }

  private void note(String call) {
    calls.add(call);
    if (call.equals(broken)) {
      throw new SystemFailure("the kernel refuses: " + call);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void validate(NetworkSpec spec, Collection<Network> others) {
    note("validate " + spec.name());
  }

  @Override
  public String ownLink(NetworkSpec spec, String standard) {
    return standard;
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public void ensure(Network network, Trace trace) {
    note("ensure " + network.name());
  }

  @Override
  public void remove(Network network) {
    note("remove " + network.name());
  }

  @Override
  public void join(
      Network network,
      Endpoint endpoint,
      OpenNamespace namespace,
      String namespaceName,
      boolean hairpin,
      Trace trace) {
    note("join " + network.name() + (hairpin ? " hairpin" : ""));
  }

  @Override
  public void awaitReady(Endpoint endpoint) {
    note("ready " + endpoint.networkName());
  }

  @Override
  public void rejoin(Network network, Endpoint endpoint, boolean hairpin) {
    note("rejoin " + network.name() + (hairpin ? " hairpin" : ""));
  }

  @Override
  public void sweep(Network network, Set<String> hostLinks) {
    note("sweep " + network.name());
  }

  @Override
  public void leave(
      Network network,
      Endpoint endpoint,
      Supplier<Optional<OpenNamespace>> namespace,
      Trace trace) {
    note("leave " + network.name());
  }
}
