package io.jdocker.linux.launch;

import io.jdocker.linux.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A launch program as the bytes {@link SetupRoutine} reads, for a given address.
 *
 * <pre>
 * header   0 address of the failed step, 0 while none has failed
 *          8 address of the first step
 * step     0 system call number
 *          8 addresses of the six operands' values
 *         56 the values of those operands that are constants
 *        104 where to go on when the result is 0 (the child of a clone); 0: at the next step; may
 *            be a step of another image
 *        112 bit n set: errno n is tolerated
 *        120 0: made while all went well; 1: made only after a failure
 *        128 the result
 * then the strings, arrays and structures that operands point at
 * </pre>
 */
final class ProgramImage {
  static final int HEADER_SIZE = 16;
  static final int STEP_SIZE = 136;
  static final int RESULT = 128;
  private static final int VALUES = 56;
  private static final int BRANCH = 104;
  private static final int TOLERATED = 112;
  private static final int AFTER_FAILURE = 120;
  private static final int POINTER = 8;

  private final List<Step> steps = new ArrayList<>();
  private final Map<Step, Integer> index = new HashMap<>();
  private final Map<LaunchProgram, Integer> starts = new HashMap<>();
  private final Map<Operand, Integer> memory = new HashMap<>();
  private final Map<String, Integer> strings = new HashMap<>();
  private final int dataStart;
  private int size;

  ProgramImage(LaunchProgram program) {
    collect(program);
    dataStart = HEADER_SIZE + steps.size() * STEP_SIZE;
    size = dataStart;
    steps.forEach(step -> step.operands().forEach(this::reserve));
  }

  private void collect(LaunchProgram program) {
    starts.put(program, steps.size());
    for (Step step : program.steps()) {
      index.put(step, steps.size());
      steps.add(step);
    }
    for (Step step : program.steps()) {
      if (step.branchTarget() != null) {
        collect(step.branchTarget());
      }
    }
  }

  private void reserve(Operand operand) {
    if (operand instanceof Operand.Text text) {
      reserveString(text.value());
    } else if (operand instanceof Operand.Texts texts) {
      texts.values().forEach(this::reserveString);
      reserveMemory(operand, POINTER * (texts.values().size() + 1));
    } else if (operand instanceof Operand.Memory block) {
      reserveMemory(block, block.content().length);
    } else if (operand instanceof Operand.Pointing pointing) {
      reserveMemory(pointing.target(), pointing.target().content().length);
      reserveMemory(pointing, pointing.head().length + POINTER);
    }
  }

  private void reserveString(String text) {
    if (!strings.containsKey(text)) {
      strings.put(text, size);
      size += Operand.terminated(text).length;
    }
  }

  private void reserveMemory(Operand operand, int length) {
    if (!memory.containsKey(operand)) {
      size = (size + POINTER - 1) / POINTER * POINTER;
      memory.put(operand, size);
      size += length;
    }
  }

  /** The bytes it takes, whatever the address. */
  int size() {
    return size;
  }

  /** Every step, the branches' after those of the program that branches. */
  List<Step> steps() {
    return steps;
  }

  /** Where the step at a position lies from the start. */
  static int offset(int position) {
    return HEADER_SIZE + position * STEP_SIZE;
  }

  int position(Step step) {
    return index.get(step);
  }

  /** The image, to be put at that address. */
  byte[] bytes(long address, Architecture architecture) {
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(8, address + offset(0));
    for (int i = 0; i < steps.size(); i++) {
      writeStep(out, address, offset(i), steps.get(i), architecture);
    }
    strings.forEach((text, at) -> out.put(at, Operand.terminated(text)));
    memory.forEach((operand, at) -> writeMemory(out, address, at, operand));
    return out.array();
  }

  private void writeStep(
      ByteBuffer out, long address, int at, Step step, Architecture architecture) {
    out.putLong(at, step.call().number(architecture));
    for (int i = 0; i < 6; i++) {
      int value = at + VALUES + POINTER * i;
      Operand operand = i < step.operands().size() ? step.operands().get(i) : Operand.of(0);
      long valueAddress = address + value;
      if (operand instanceof Operand.ResultOf result) {
        valueAddress = address + offset(index.get(result.step())) + RESULT;
      } else {
        out.putLong(value, value(address, operand));
      }
      out.putLong(at + POINTER + POINTER * i, valueAddress);
    }
    LaunchProgram branch = step.branchTarget();
    out.putLong(
        at + BRANCH, branch == null ? step.jumpTarget() : address + offset(starts.get(branch)));
    out.putLong(at + TOLERATED, step.toleratedMask());
    out.putLong(at + AFTER_FAILURE, step.isOnlyAfterFailure() ? 1 : 0);
  }

  private long value(long address, Operand operand) {
    if (operand instanceof Operand.Value number) {
      return number.value();
    } else if (operand instanceof Operand.Descriptor descriptor) {
      return descriptor.number();
    } else if (operand instanceof Operand.Text text) {
      return address + strings.get(text.value());
    } else if (operand instanceof Operand.AddressOfResult result) {
      return address + offset(index.get(result.step())) + RESULT;
    }
    return address + memory.get(operand);
  }

  private void writeMemory(ByteBuffer out, long address, int at, Operand operand) {
    if (operand instanceof Operand.Texts texts) {
      int slot = at;
      for (String text : texts.values()) {
        out.putLong(slot, address + strings.get(text));
        slot += POINTER;
      }
    } else if (operand instanceof Operand.Pointing pointing) {
      byte[] head = pointing.head();
      out.put(at, head);
      out.putLong(at + head.length, address + memory.get(pointing.target()));
    } else {
      out.put(at, ((Operand.Memory) operand).content());
    }
  }
}
