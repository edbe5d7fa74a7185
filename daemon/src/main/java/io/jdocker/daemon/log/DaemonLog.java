package io.jdocker.daemon.log;

import io.jdocker.daemon.config.LogOptions;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sets up what the JDK logs through. Before anything is logged that is put off until something is:
 * the JDK makes an object of this class then, and to load its logging would cost each start 15 ms.
 */
public final class DaemonLog {
  private static final String HOOK = "java.util.logging.config.class";
  private static final String LEVEL = "jdocker.log.level";
  private static final String JSON = "jdocker.log.json";

  /** Called by the JDK with its first record. */
  public DaemonLog() {
    Logger root = Logger.getLogger("");
    ConsoleHandler console = new ConsoleHandler();
    root.addHandler(console);
    apply(
        new LogOptions(
            Level.parse(System.getProperty(LEVEL, Level.INFO.getName())),
            Boolean.getBoolean(JSON)));
  }

  /** Has the first record find these. */
  public static void prepare(LogOptions options) {
    System.setProperty(HOOK, DaemonLog.class.getName());
    System.setProperty(LEVEL, options.level().getName());
    System.setProperty(JSON, Boolean.toString(options.json()));
  }

  /** Changes it at once. */
  public static void apply(LogOptions options) {
    prepare(options);
    Logger root = Logger.getLogger("");
    root.setLevel(options.level());
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(options.level());
      handler.setFormatter(new LineFormatter(options.json(), options.isDebug()));
    }
  }
}
