package io.jdocker.network.firewall;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.namespace.NamespaceThread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Rules inside a container's network namespace that lead port 53 of 127.0.0.11 to the port where
 * the engine's name server waits, and give its answers the address back that was asked; the same
 * ones as Docker's. Thread-safe.
 */
public final class NameRedirect {
  private static final String OUTPUT = "JDOCKER_OUTPUT";
  private static final String POSTROUTING = "JDOCKER_POSTROUTING";
  private static final String SERVER = "127.0.0.11";

  private final Kernel kernel;
  private final Iptables programs;

  /**
   * @param path folders to look for programs in, as in the variable PATH
   */
  public NameRedirect(Kernel kernel, String path) {
    this.kernel = kernel;
    this.programs = new Programs(path);
  }

  /** Rules on their way to the kernel. */
  public static final class Pending {
    private final Process process;

    private Pending(Process process) {
      this.process = process;
    }

    /** Waits until the kernel has them. */
    public void await() {
      try {
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
          throw new SystemFailure(
              "cannot lead names to the engine's server: iptables-restore: " + errors.strip());
        }
      } catch (IOException e) {
        throw new SystemFailure("cannot talk to iptables-restore: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
        throw new SystemFailure("interrupted while iptables-restore ran", e);
      }
    }
  }

  /** Sets the rules in a fresh namespace; the program runs while the caller goes on. */
  public Pending set(Fd namespace, int port) {
    return start(namespace, "*nat\n" + chains() + jumps() + rules(port) + "COMMIT\n");
  }

  /** Sets the rules anew for another port; those of the container itself stay. */
  public Pending change(Fd namespace, int port) {
    return start(namespace, "*nat\n" + chains() + rules(port) + "COMMIT\n");
  }

  /** The commands a person would type inside the namespace. */
  public static List<String> describe(int port) {
    String rules = chains().replaceAll("(?m)^:(\\S+) .*$", "-N $1") + jumps() + rules(port);
    return rules.lines().map(line -> "iptables -t nat " + line).toList();
  }

  private Pending start(Fd namespace, String text) {
    // A child process inherits the network namespace of the thread that makes it.
    Process process =
        new NamespaceThread(kernel)
            .within(namespace, () -> programs.start("iptables-restore", "-w", "--noflush"));
    try (var input = process.getOutputStream()) {
      input.write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      process.destroy();
      throw new SystemFailure("cannot talk to iptables-restore: " + e.getMessage(), e);
    }
    return new Pending(process);
  }

  /** A chain that is declared is made, or emptied where it is there. */
  private static String chains() {
    return ":" + OUTPUT + " - [0:0]\n:" + POSTROUTING + " - [0:0]\n";
  }

  private static String jumps() {
    return "-A OUTPUT -d "
        + SERVER
        + "/32 -j "
        + OUTPUT
        + "\n-A POSTROUTING -d "
        + SERVER
        + "/32 -j "
        + POSTROUTING
        + "\n";
  }

  private static String rules(int port) {
    StringBuilder text = new StringBuilder();
    for (String protocol : List.of("tcp", "udp")) {
      text.append("-A " + OUTPUT + " -d " + SERVER + "/32 -p " + protocol)
          .append(" --dport 53 -j DNAT --to-destination " + SERVER + ":" + port + "\n")
          .append("-A " + POSTROUTING + " -s " + SERVER + "/32 -p " + protocol)
          .append(" --sport " + port + " -j SNAT --to-source :53\n");
    }
    return text.toString();
  }
}
