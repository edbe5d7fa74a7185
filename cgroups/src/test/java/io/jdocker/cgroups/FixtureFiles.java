package io.jdocker.cgroups;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;

/**
 * A cgroup file system on plain folders: a new folder gets the control files of a template, as the
 * kernel would give it. Remembers what was written, in order.
 */
final class FixtureFiles implements ControlFiles {
  private final KernelFiles plain;
  private final Map<String, String> template = new LinkedHashMap<>();
  private final Map<String, Errno> refusals = new LinkedHashMap<>();
  private final Map<String, Errno> once = new LinkedHashMap<>();
  private final List<BiFunction<Path, String, Optional<Errno>>> rules = new ArrayList<>();
  private final Map<String, String> shown = new HashMap<>();
  private final Map<String, Deque<Errno>> folders = new HashMap<>();
  private final List<String> writes = new ArrayList<>();

  FixtureFiles(Kernel kernel) {
    plain = new KernelFiles(kernel);
  }

  /** Every folder that is made from now on has that file. */
  FixtureFiles with(String name, String content) {
    template.put(name, content);
    return this;
  }

  /** Writing to files of that name fails. */
  void refuse(String name, Errno errno) {
    refusals.put(name, errno);
  }

  /** Writing that value fails. */
  void refuse(String name, String value, Errno errno) {
    refusals.put(name + "=" + value, errno);
  }

  /** The next write to a file of that name fails. */
  void refuseOnce(String name, Errno errno) {
    once.put(name, errno);
  }

  /** What is written so reads otherwise: v1 shows -1 as a number. */
  void shows(String written, String read) {
    shown.put(written, read);
  }

  /** A rule of the kernel's: what it answers to a write of that value; empty: it takes it. */
  void rule(BiFunction<Path, String, Optional<Errno>> newRule) {
    rules.add(newRule);
  }

  /** Making a folder of that name fails, as often. */
  void refuseMake(String name, Errno errno, int times) {
    IntStream.range(0, times).forEach(i -> queue("mkdir " + name).add(errno));
  }

  /** Removing a folder of that name fails, as often. */
  void refuseRemoval(String name, Errno errno, int times) {
    IntStream.range(0, times).forEach(i -> queue("rmdir " + name).add(errno));
  }

  private Deque<Errno> queue(String call) {
    return folders.computeIfAbsent(call, key -> new ArrayDeque<>());
  }

  private void failIfTold(String call, Path folder) {
    Errno errno = queue(call + " " + folder.getFileName()).poll();
    if (errno != null) {
      throw new SyscallException(call + "(" + folder + ")", errno.intValue());
    }
  }

  /** {@code FOLDER/FILE=VALUE} for each write so far. */
  List<String> writes() {
    return List.copyOf(writes);
  }

  ControlDirectory made(Path path) {
    makeDirectory(path);
    return new ControlDirectory(path, this, io.jdocker.linux.trace.Trace.off());
  }

  @Override
  public void makeDirectory(Path directory) {
    failIfTold("mkdir", directory);
    plain.makeDirectory(directory);
    template.forEach((name, content) -> put(directory.resolve(name), content));
  }

  static void put(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void removeDirectory(Path directory) {
    failIfTold("rmdir", directory);
    if (!children(directory).isEmpty()) {
      throw new SyscallException("rmdir(" + directory + ")", Errno.EBUSY.intValue());
    }
    try (Stream<Path> files = Files.exists(directory) ? Files.list(directory) : Stream.of()) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    plain.removeDirectory(directory);
  }

  @Override
  public void write(Path file, String value) {
    String name = file.getFileName().toString();
    Errno refusal =
        Stream.of(once.remove(name), refusals.get(name), refusals.get(name + "=" + value))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (refusal != null) {
      throw new SyscallException("write(" + file + ")", refusal.intValue());
    }
    if (!Files.exists(file)) {
      throw new SyscallException("openat2(" + file + ")", Errno.ENOENT.intValue());
    }
    for (BiFunction<Path, String, Optional<Errno>> rule : rules) {
      rule.apply(file, value)
          .ifPresent(
              errno -> {
                throw new SyscallException("write(" + file + ")", errno.intValue());
              });
    }
    put(file, shown.getOrDefault(value, value));
    writes.add(file.getParent().getFileName() + "/" + name + "=" + value);
  }

  @Override
  public String read(Path file) {
    return plain.read(file);
  }

  @Override
  public String read(Fd file) {
    return plain.read(file);
  }

  @Override
  public boolean exists(Path path) {
    return plain.exists(path);
  }

  @Override
  public List<String> children(Path directory) {
    return plain.children(directory);
  }

  @Override
  public Fd open(Path path, int flags) {
    return plain.open(path, flags);
  }
}
