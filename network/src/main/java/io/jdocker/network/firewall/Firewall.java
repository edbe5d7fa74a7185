package io.jdocker.network.firewall;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.network.Family;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps the rules of an engine in the kernel. What should stand there is kept in memory; each
 * change is one transaction. When one fails because somebody flushed our chains, everything is set
 * anew from memory, so that nobody else's rules are touched and ours come back. Thread-safe.
 */
public final class Firewall implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  /** A change on its way to the kernel. */
  public static final class Change {
    private final Firewall firewall;
    private final List<Placement> added;
    private final CompletableFuture<Void> done;
    private final long epoch;

    private Change(
        Firewall firewall, List<Placement> added, CompletableFuture<Void> done, long epoch) {
      this.firewall = firewall;
      this.added = added;
      this.done = done;
      this.epoch = epoch;
    }

    /** Waits until the kernel has the change. */
    public void await() {
      firewall.await(this);
    }
  }

  private final Iptables programs;
  private final Layout layout;
  private final BaseRules base;
  private RuleSet rules;
  private RuleWriter writer;
  private boolean founded;
  private long transactions;

  /** Counts the times everything was set anew: a change of an earlier epoch needs no repair. */
  private long epoch;

  private Firewall(Iptables programs, Layout layout) {
    this.programs = programs;
    this.layout = layout;
    this.base = new BaseRules(programs, layout);
    this.rules = layout.empty();
  }

  /**
   * A firewall that touches nothing until its first change.
   *
   * @param bridge the default bridge, by which two engines in one network namespace differ
   * @param bridgedTrafficIsSeen whether bridge-nf-call-iptables is on
   * @param path folders to look for programs in, as in the variable PATH
   */
  public static Firewall of(String bridge, boolean bridgedTrafficIsSeen, String path) {
    return of(bridge, bridgedTrafficIsSeen, new Programs(path));
  }

  /** The same for IPv6. */
  public static Firewall ofIpv6(String bridge, String path) {
    Layout layout = new Layout(Family.IPV6, Layout.prefixFor(bridge), false);
    return new Firewall(new Ip6tables(new Programs(path)), layout);
  }

  static Firewall of(String bridge, boolean bridgedTrafficIsSeen, Iptables programs) {
    return new Firewall(programs, new Layout(Layout.prefixFor(bridge), bridgedTrafficIsSeen));
  }

  /** {@code iptables} or {@code ip6tables}. */
  public String program() {
    return layout.program();
  }

  /** The rules of a bridge as they would be typed, for the trace. */
  public List<Rule> describe(BridgeRules network) {
    return layout.bridge(network).stream().map(Placement::rule).toList();
  }

  /** The rules of published ports with the chains they stand in, as they would be typed. */
  public List<String> describe(PortRules ports) {
    List<String> commands = new ArrayList<>();
    for (Placement placement : layout.ports(ports)) {
      placement
          .jump()
          .ifPresent(
              jump -> {
                Chain chain = placement.rule().chain();
                String table = program() + " -t " + chain.table();
                String present = table + " -S " + chain.name() + " >/dev/null 2>&1 || ";
                commands.add(
                    present
                        + "{ "
                        + table
                        + " -N "
                        + chain.name()
                        + " && "
                        + jump.shell(program())
                        + "; }");
              });
      commands.add(placement.rule().shell(program()));
    }
    return commands;
  }

  /** How the rules of published ports would be deleted. */
  public List<String> describeRemoval(PortRules ports) {
    return layout.ports(ports).stream()
        .map(p -> p.rule().shell(program()).replaceFirst(" -A ", " -D "))
        .toList();
  }

  /** The rules every engine has, as they would be typed where they are missing. */
  public List<String> describeBase() {
    return base.shell();
  }

  /** Adds the rules of a bridge. */
  public Change addBridge(BridgeRules network) {
    return add(layout.bridge(network));
  }

  /** Removes the rules of a bridge, also where an engine before this one has set them. */
  public synchronized Change removeBridge(BridgeRules network) {
    Change change = remove(layout.bridge(network));
    if (!founded && base.arePresent()) {
      rebuild();
    }
    return change;
  }

  /** Lets packets of a cluster's other hosts pass; to be called before {@link #addBridge}. */
  public Change addOverlay(OverlayRules network) {
    return add(layout.overlay(network));
  }

  public Change removeOverlay(OverlayRules network) {
    return remove(layout.overlay(network));
  }

  /** Publishes ports of a container. */
  public Change publish(PortRules ports) {
    return add(layout.ports(ports));
  }

  public Change withdraw(PortRules ports) {
    return remove(layout.ports(ports));
  }

  public Change addLink(LinkRules link) {
    return add(layout.link(link));
  }

  public Change removeLink(LinkRules link) {
    return remove(layout.link(link));
  }

  /**
   * Makes the host forward nothing but what rules accept. Done, as Docker does, where forwarding
   * was off before the engine switched it on: the host must not become a router for everybody.
   */
  public synchronized void stopForwardingForOthers() {
    Transaction change = new Transaction().policy(new Chain(Table.FILTER, "FORWARD"), "DROP");
    programs.run(change.text(), "iptables-restore", "-w", "--noflush");
  }

  private synchronized Change add(List<Placement> placements) {
    return submit(rules.add(placements), placements);
  }

  private synchronized Change remove(List<Placement> placements) {
    return submit(rules.remove(placements), List.of());
  }

  private Change submit(Transaction transaction, List<Placement> added) {
    if (transaction.isEmpty()) {
      return new Change(this, List.of(), CompletableFuture.completedFuture(null), epoch);
    }
    if (!founded) {
      try {
        rebuild();
        return new Change(this, added, CompletableFuture.completedFuture(null), epoch);
      } catch (EngineException e) {
        return new Change(this, added, CompletableFuture.failedFuture(e), epoch);
      }
    }
    if (writer == null || !writer.isUsable()) {
      writer = new RuleWriter(programs);
    }
    transactions++;
    return new Change(this, added, writer.submit(transaction), epoch);
  }

  /** Sets everything anew, whatever the kernel has now. */
  public synchronized void reload() {
    rebuild();
  }

  /** How often the kernel was handed a change. */
  public synchronized long transactions() {
    return transactions;
  }

  private void rebuild() {
    transactions++;
    Set<Chain> present = base.found();
    programs.run(rules.rebuild(present).text(), "iptables-restore", "-w", "--noflush");
    founded = true;
    epoch++;
  }

  private void await(Change change) {
    boolean interrupted = false;
    while (true) {
      try {
        change.done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        break;
      } catch (ExecutionException e) {
        repair(change, e.getCause().getMessage());
        break;
      } catch (TimeoutException e) {
        repair(change, "iptables-restore did not answer within " + PATIENCE_SECONDS + " s");
        break;
      } catch (InterruptedException e) {
        interrupted = true; // half a change would be worse than a late answer
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void repair(Change change, String reason) {
    if (change.epoch < epoch) {
      return; // another change failed with this one and has set everything anew since
    }
    if (writer != null) {
      writer.abandon();
      writer = null;
    }
    try {
      rebuild();
    } catch (EngineException e) {
      // What was to be added may itself be what iptables refuses: the others must not suffer.
      rules.remove(change.added);
      SystemFailure failure = new SystemFailure("cannot change the firewall rules: " + reason, e);
      try {
        rebuild();
      } catch (EngineException again) {
        failure.addSuppressed(again);
      }
      throw failure;
    }
  }

  private void closeWriter() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  /** The rules that should stand in the kernel now, the jumps into our chains first. */
  public synchronized List<Rule> expected() {
    if (!founded) {
      return List.of();
    }
    List<Rule> all = new ArrayList<>(layout.entries());
    rules.chains().forEach(chain -> all.addAll(rules.rules(chain)));
    return all;
  }

  /** True for a chain that only this engine writes to. */
  public boolean owns(Chain chain) {
    return layout.isOurs(chain);
  }

  /** True where this firewall has made its chains. */
  public synchronized boolean isFounded() {
    return founded;
  }

  /** Removes every rule and chain of ours; the user's chain stays where it holds rules. */
  public synchronized void removeAll() {
    closeWriter();
    base.remove();
    rules = layout.empty();
    founded = false;
  }

  /** Ends the resident process; the rules stay. */
  @Override
  public synchronized void close() {
    closeWriter();
  }

  synchronized Set<Chain> chains() {
    return new HashSet<>(rules.chains());
  }
}
