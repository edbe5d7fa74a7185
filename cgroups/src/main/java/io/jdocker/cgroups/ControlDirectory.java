package io.jdocker.cgroups;

import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jnr.constants.platform.Errno;

/**
 * One cgroup's folder in one hierarchy, with the trace of what is written there.
 *
 * @param path the folder
 */
record ControlDirectory(Path path, ControlFiles files, Trace trace) {
  /** Makes the folder. */
  void make() {
    long start = System.nanoTime();
    files.makeDirectory(path);
    record(
        Stage.CGROUP,
        "make the cgroup",
        () -> "mkdir(\"" + path + "\", 0755)",
        start,
        () -> "mkdir -p " + path);
  }

  /** Removes the folder, which has no process and no folder in it. */
  void remove() {
    long start = System.nanoTime();
    files.removeDirectory(path);
    record(
        Stage.TEARDOWN,
        "remove the cgroup",
        () -> "rmdir(\"" + path + "\")",
        start,
        () -> "rmdir " + path);
  }

  /**
   * Writes a setting.
   *
   * @param purpose what for, as the trace tells it
   * @throws InvalidArgument when the kernel finds the value wrong or cannot meet it
   */
  void write(String purpose, String name, String value) {
    Path file = path.resolve(name);
    long start = System.nanoTime();
    try {
      files.write(file, value);
    } catch (SyscallException e) {
      throw refused(purpose, e);
    }
    record(
        Stage.CGROUP,
        purpose,
        () -> "write(\"" + file + "\", \"" + value + "\")",
        start,
        () -> "echo " + shellWord(value) + " > " + file);
  }

  void write(String purpose, String name, long value) {
    write(purpose, name, Long.toString(value));
  }

  /**
   * Writes several values, one after the other, to a file that takes one at a time; one entry in
   * the trace tells of all of them.
   */
  void writeEach(String purpose, String name, List<String> values) {
    Path file = path.resolve(name);
    long start = System.nanoTime();
    try {
      values.forEach(value -> files.write(file, value));
    } catch (SyscallException e) {
      throw refused(purpose, e);
    }
    record(
        Stage.CGROUP,
        purpose,
        () -> "write(\"" + file + "\", \"" + String.join("\"), (\"", values) + "\")",
        start,
        () ->
            "for value in "
                + values.stream().map(value -> "'" + value + "'").collect(Collectors.joining(" "))
                + "; do echo \"$value\" > "
                + file
                + "; done");
  }

  private static RuntimeException refused(String purpose, SyscallException e) {
    String message = "cannot " + purpose + ": " + e.getMessage();
    if (e.is(Errno.ENOENT)) {
      return new SystemFailure(
          message + "; the kernel lacks this control or the cgroup is gone", e);
    }
    return e.is(Errno.EINVAL) || e.is(Errno.EBUSY) || e.is(Errno.ERANGE)
        ? new InvalidArgument(message, e)
        : new SystemFailure(message, e);
  }

  private void record(
      Stage stage, String purpose, Supplier<String> call, long start, Supplier<String> shell) {
    trace.record(stage, purpose, call, "0", start, shell);
  }

  private static String shellWord(String value) {
    return value.matches("[A-Za-z0-9_./:,=+-]+") ? value : "'" + value + "'";
  }

  boolean has(String name) {
    return files.exists(path.resolve(name));
  }

  /** Notes an ability where the file that stands for it is there. */
  void addIfHas(String name, Ability ability, Set<Ability> found) {
    if (has(name)) {
      found.add(ability);
    }
  }

  String read(String name) {
    return files.read(path.resolve(name));
  }

  /**
   * A file with one number; {@code max} is {@link CgroupStats#NO_LIMIT}.
   *
   * @throws SystemFailure when it is none
   */
  long readNumber(String name) {
    return number(name, read(name));
  }

  /**
   * A file with lines of {@code NAME NUMBER}, in order; lines of other forms are passed over.
   *
   * @throws SystemFailure when what should be a number is none
   */
  Map<String, Long> readTable(String name) {
    Map<String, Long> table = new LinkedHashMap<>();
    read(name)
        .lines()
        .map(line -> line.split(" ", -1))
        .filter(words -> words.length == 2)
        .forEach(words -> table.put(words[0], number(name, words[1])));
    return table;
  }

  private long number(String name, String text) {
    // v1 tells "no limit" as the largest multiple of a page, some counters as 2^64 - 1.
    if (text.equals("max")) {
      return CgroupStats.NO_LIMIT;
    }
    try {
      long value = Long.parseUnsignedLong(text);
      return value < 0 ? CgroupStats.NO_LIMIT : value;
    } catch (NumberFormatException e) {
      throw new SystemFailure(
          "cannot understand " + path.resolve(name) + ": \"" + text + "\" is no number", e);
    }
  }

  /** The cgroup of that name below this one. */
  ControlDirectory child(String name) {
    return new ControlDirectory(path.resolve(name), files, trace);
  }

  /** The cgroups below this one, each before those below it. */
  List<ControlDirectory> descendants() {
    List<ControlDirectory> found = new ArrayList<>();
    for (String name : files.children(path)) {
      ControlDirectory child = child(name);
      found.add(child);
      found.addAll(child.descendants());
    }
    return found;
  }

  /** The processes in it and below it; none where it is gone. */
  Set<Integer> processes() {
    Set<Integer> pids = new TreeSet<>();
    addProcesses(this, pids);
    descendants().forEach(below -> addProcesses(below, pids));
    return pids;
  }

  private static void addProcesses(ControlDirectory directory, Set<Integer> pids) {
    try {
      // 0 stands for a process of a pid namespace that this process cannot see into.
      directory
          .read("cgroup.procs")
          .lines()
          .map(Integer::valueOf)
          .filter(pid -> pid != 0)
          .forEach(pids::add);
    } catch (SyscallException e) {
      // ENODEV: removed after it was opened.
      if (!e.is(Errno.ENOENT) && !e.is(Errno.ENODEV)) {
        throw e;
      }
    }
  }
}
