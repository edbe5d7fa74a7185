package io.jdocker.linux.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.NativeArena;
import io.jdocker.linux.Sys;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A program in memory that the engine and one keeper share: the engine writes the steps, the keeper
 * and its child make them and leave the results.
 */
final class SharedImage implements AutoCloseable {
  /** Where the keeper maps it: far past its own 1 KB and the heap it does not use. */
  static final long ADDRESS = 0x10000000L;

  /** What the keeper maps; memory is used for what was written only. */
  static final long ROOM = 64L << 20;

  private static final int MFD_CLOEXEC = 1;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;

  private final Kernel kernel;
  private final LaunchProgram program;
  private final ProgramImage image;
  private final Fd memory;
  private final long mapped;

  SharedImage(Kernel kernel, LaunchProgram program) {
    this.kernel = kernel;
    this.program = program;
    this.image = new ProgramImage(program);
    int size = image.size();
    if (size > ROOM) {
      throw new InvalidArgument("argument list too long: " + size + " bytes");
    }
    this.memory = create(kernel);
    try {
      kernel.call(() -> memory + ", " + size, Sys.FTRUNCATE, memory.number(), size);
      this.mapped =
          kernel.call(
              () -> "launch program",
              Sys.MMAP,
              0,
              size,
              PROT_READ_WRITE,
              MAP_SHARED,
              memory.number(),
              0);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
    NativeArena.putBytes(mapped, image.bytes(ADDRESS, kernel.architecture()), 0, size);
  }

  private static Fd create(Kernel kernel) {
    try (NativeArena arena = new NativeArena()) {
      long name = arena.string("jdocker-launch");
      return Fd.opened(
          kernel, kernel.call(() -> "jdocker-launch", Sys.MEMFD_CREATE, name, MFD_CLOEXEC));
    }
  }

  Fd memory() {
    return memory;
  }

  /** The engine's descriptors that operands name. */
  Set<Integer> descriptors() {
    Set<Integer> numbers = new LinkedHashSet<>();
    for (Step step : image.steps()) {
      for (Operand operand : step.operands()) {
        if (operand instanceof Operand.Descriptor descriptor) {
          numbers.add(descriptor.number());
        }
      }
    }
    return numbers;
  }

  /** The step that ended the launch; empty where none did. */
  Optional<StepResult> refused() {
    return results().stream()
        .filter(result -> result.step().isRefusedBy(result.value()))
        .findFirst();
  }

  /**
   * The calls that were made, in the order of time.
   *
   * @param refused the last one, or null
   */
  List<StepResult> made(Step refused) {
    return new LaunchHistory(image, results(), refused).made(program);
  }

  private List<StepResult> results() {
    List<StepResult> results = new ArrayList<>(image.steps().size());
    for (int i = 0; i < image.steps().size(); i++) {
      results.add(
          new StepResult(
              image.steps().get(i),
              NativeArena.getLong(mapped + ProgramImage.offset(i) + ProgramImage.RESULT)));
    }
    return results;
  }

  long result(Step step) {
    return NativeArena.getLong(
        mapped + ProgramImage.offset(image.position(step)) + ProgramImage.RESULT);
  }

  @Override
  public void close() {
    kernel.call(() -> "launch program", Sys.MUNMAP, mapped, image.size());
    memory.close();
  }
}
