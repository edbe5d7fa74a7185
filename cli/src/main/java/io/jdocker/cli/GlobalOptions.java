package io.jdocker.cli;

import io.jdocker.cli.http.ClientTls;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.UsageException;
import io.jdocker.cli.option.UsageText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The options before the verb. Read by hand: they decide which verb's model is built at all.
 *
 * @param root the engine's state directory
 * @param host where the API listens: {@code unix:///path} or {@code tcp://host:port}
 * @param tls how TCP is made safe
 * @param isHostGiven true when {@code -H}, JDOCKER_HOST or DOCKER_HOST names an engine, which is
 *     then not started on demand
 * @param words the verb and what follows it
 */
public record GlobalOptions(
    String root,
    String host,
    ClientTls tls,
    boolean isHostGiven,
    boolean debug,
    boolean version,
    boolean help,
    List<String> words) {
  private static final String DEFAULT_ROOT = "/var/lib/jdocker";
  private static final int WRONG_FLAG = 125;

  /** The same options as a table, for help and completion. */
  public static FlagTable table() {
    return new FlagTable()
        .add(FlagKind.BOOL, 'D', "debug", "Enable debug mode")
        .add(
            FlagKind.STRING,
            'H',
            "host",
            "Daemon socket to connect to: unix:///path or tcp://host:port"
                + " (environment: JDOCKER_HOST, DOCKER_HOST)")
        .add(
            FlagKind.STRING,
            io.jdocker.cli.option.Flag.NO_SHORTHAND,
            "root",
            "Directory of the engine's state; its daemon is started on first use"
                + " (environment: JDOCKER_ROOT)",
            '"' + DEFAULT_ROOT + '"')
        .add(FlagKind.BOOL, "tls", "Use TLS; implied by --tlsverify")
        .add(FlagKind.STRING, "tlscacert", "Trust certs signed only by this CA")
        .add(FlagKind.STRING, "tlscert", "Path to TLS certificate file")
        .add(FlagKind.STRING, "tlskey", "Path to TLS key file")
        .add(FlagKind.BOOL, "tlsverify", "Use TLS and verify the remote")
        .add(FlagKind.BOOL, 'v', "version", "Print version information and quit");
  }

  /** Splits the command line at the verb. */
  public static GlobalOptions parse(List<String> line, Map<String, String> environment) {
    String root = environment.getOrDefault("JDOCKER_ROOT", DEFAULT_ROOT);
    String host = "";
    boolean isRootGiven = environment.containsKey("JDOCKER_ROOT");
    ClientTls tls = ClientTls.of(environment);
    boolean debug = false;
    boolean version = false;
    boolean help = false;
    List<String> rest = new ArrayList<>(line);
    while (!rest.isEmpty() && rest.get(0).startsWith("-") && rest.get(0).length() > 1) {
      String word = rest.remove(0);
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      switch (name) {
        case "--root" -> {
          root = value(word, equals, rest);
          isRootGiven = true;
        }
        case "-H", "--host" -> host = value(word, equals, rest);
        case "-D", "--debug" -> debug = true;
        case "-v", "--version" -> version = true;
        case "-h", "--help" -> help = true;
        case "--tls", "--tlsverify" ->
            tls = tls.with(name.substring(2), equals < 0 ? "true" : word.substring(equals + 1));
        case "--tlscacert", "--tlscert", "--tlskey" ->
            tls = tls.with(name.substring(2), value(word, equals, rest));
        default -> throw unknown(name);
      }
    }
    if (root.isEmpty() || root.charAt(0) != '/') {
      throw new UsageException(
          UsageText.PROGRAM + ": --root must be an absolute path: \"" + root + "\"", 1);
    }
    if (host.isEmpty() && !isRootGiven) {
      // Who names a root means the engine that lives there, whatever docker is told.
      host = environment.getOrDefault("JDOCKER_HOST", environment.getOrDefault("DOCKER_HOST", ""));
    }
    boolean given = !host.isEmpty();
    String address = given ? host : "unix://" + root + "/jdocker.sock";
    return new GlobalOptions(root, address, tls, given, debug, version, help, List.copyOf(rest));
  }

  private static String value(String word, int equals, List<String> rest) {
    if (equals >= 0) {
      return word.substring(equals + 1);
    }
    if (rest.isEmpty()) {
      throw new UsageException("flag needs an argument: " + word, WRONG_FLAG);
    }
    return rest.remove(0);
  }

  private static UsageException unknown(String name) {
    String kind =
        name.startsWith("--")
            ? "unknown flag: " + name
            : "unknown shorthand flag: '" + name.charAt(1) + "' in " + name;
    return new UsageException(
        kind
            + "\n\nUsage:  jdocker [OPTIONS] COMMAND [ARG...]\n\n"
            + "Run 'jdocker --help' for more information",
        WRONG_FLAG);
  }
}
