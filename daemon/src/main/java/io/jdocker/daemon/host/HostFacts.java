package io.jdocker.daemon.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the host says about itself in /proc and /etc. */
public final class HostFacts {
  private HostFacts() {}

  public static String kernelVersion() {
    return firstLine(Path.of("/proc/sys/kernel/osrelease"));
  }

  public static String hostName() {
    return firstLine(Path.of("/proc/sys/kernel/hostname"));
  }

  public static boolean isOn(String file) {
    return firstLine(Path.of(file)).equals("1");
  }

  private static String firstLine(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      return lines.isEmpty() ? "" : lines.get(0);
    } catch (IOException e) {
      return ""; // an older kernel, or no /etc/os-release: there is nothing to tell
    }
  }

  /** A value of os-release(5), {@code PRETTY_NAME}. */
  public static String release(String key) {
    try {
      for (String line : Files.readAllLines(Path.of("/etc/os-release"))) {
        if (line.startsWith(key + "=")) {
          return line.substring(key.length() + 1).replaceAll("^\"|\"$", "");
        }
      }
    } catch (IOException e) {
      return "";
    }
    return "";
  }

  /** Bytes of memory, from proc_meminfo(5). */
  public static long memory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemTotal:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }

  /** As uname(2) has it. */
  public static String machine() {
    String java = System.getProperty("os.arch");
    return java.equals("amd64") ? "x86_64" : java;
  }

  /** As Go has it. */
  public static String goArchitecture() {
    String java = System.getProperty("os.arch");
    return java.equals("aarch64") ? "arm64" : java;
  }
}
