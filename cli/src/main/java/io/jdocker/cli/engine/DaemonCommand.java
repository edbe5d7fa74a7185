package io.jdocker.cli.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line of a daemon: the JVM of this process with flags for a small resident program,
 * and the engine's options.
 */
final class DaemonCommand {
  private static final String MAIN = "io.jdocker.daemon.DaemonMain";

  private final String root;
  private final Map<String, String> environment;

  DaemonCommand(String root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  List<String> words() {
    List<String> words = new ArrayList<>();
    words.add("setsid");
    words.addAll(foreground(List.of()));
    return words;
  }

  /** Without a session of its own: {@code jdocker daemon}. */
  List<String> foreground(List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(System.getProperty("java.home") + "/bin/java");
    // Serial, C1 and a small heap: 40 MB resident instead of 60 (measured, JDK 17 and 25).
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:ReservedCodeCacheSize=24m",
            "-Xms8m",
            "-Xmx128m",
            "-Xss512k",
            // Half of its threads gone, a daemon would be worse than none: the next one takes over.
            "-XX:+ExitOnOutOfMemoryError",
            // So that a proxy's password in HTTPS_PROXY is used: Basic is all that Go sends, too.
            "-Djdk.http.auth.tunneling.disabledSchemes=",
            "-Xlog:disable",
            "-Xlog:all=error:stderr"));
    if (Runtime.version().feature() >= 24) {
      words.add("--enable-native-access=ALL-UNNAMED");
      // jffi writes through sun.misc.Unsafe, of which these versions warn in four lines.
      words.add("--sun-misc-unsafe-memory-access=allow");
    }
    String archive = System.getProperty("jdocker.daemon.archive", "");
    if (!archive.isEmpty()) {
      words.add("-XX:SharedArchiveFile=" + archive);
    }
    String classList = System.getProperty("jdocker.daemon.classlist", "");
    if (!classList.isEmpty()) {
      words.add("-XX:DumpLoadedClassList=" + classList);
    }
    String libraries = System.getProperty("jffi.boot.library.path", "");
    if (!libraries.isEmpty()) {
      words.add("-Djffi.boot.library.path=" + libraries);
    }
    words.addAll(jvmOptions());
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(MAIN);
    words.add("--root");
    words.add(root);
    words.addAll(options);
    return words;
  }

  /** What the caller adds for every daemon's JVM: {@code JDOCKER_DAEMON_JAVA_OPTS}. */
  private List<String> jvmOptions() {
    String text = environment.getOrDefault("JDOCKER_DAEMON_JAVA_OPTS", "").strip();
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+", -1));
  }
}
