package io.jdocker.runtime.fault;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.testing.fault.Effect;
import io.jdocker.linux.testing.fault.FaultPoint;
import io.jdocker.linux.testing.fault.FaultyFileSystem;
import io.jdocker.linux.testing.fault.FaultyLibC;
import io.jdocker.runtime.Engine;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A process with an engine that ends by SIGKILL instead of one effect of an operation, as if the
 * machine had chosen that moment. It says which effect, or {@link #SURVIVED}.
 */
final class DyingEngine {
  static final String SURVIVED = "SURVIVED";
  private static final int SIGKILL = 9;

  /** What makes a change last, and so is where a half-made one would be seen. */
  private static final Set<String> LASTING =
      Set.of("fsync", "renameat2", "mount", "umount2", "clone");

  private DyingEngine() {}

  static Predicate<Effect> lasting() {
    // A launch's steps are those of another process: for this one they are a single moment.
    return effect -> LASTING.contains(effect.call()) && !effect.what().startsWith("launch step");
  }

  /**
   * Arguments: root, control group, name of the operation's subject, the operation, the number of
   * the effect.
   */
  public static void main(String[] args) throws Exception {
    FaultPoint faults = new FaultPoint();
    FaultyFileSystem files = new FaultyFileSystem(faults);
    Kernel sound = Kernel.load();
    Kernel kernel = Kernel.load(libc -> new FaultyLibC(libc, faults));
    Engine engine =
        Engine.open(
            FaultyHost.options(files.wrap(Path.of(args[0])), files.wrap(FaultyHost.NAMES), args[1]),
            kernel);
    Operation operation =
        new Operations(args[2])
            .all()
            .filter(candidate -> candidate.name().equals(args[3]))
            .findFirst()
            .orElseThrow();
    operation.prepare().run(engine);
    faults.arm(
        lasting(),
        Integer.parseInt(args[4]),
        (effect, usual) -> {
          System.out.println(effect);
          sound.processes().kill(sound.processes().pid(), SIGKILL);
          return usual;
        });
    operation.act().run(engine);
    System.out.println(SURVIVED);
    Runtime.getRuntime().halt(0); // what runs goes on, as after any end of an engine
  }
}
