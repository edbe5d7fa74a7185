package io.jdocker.runtime.volume;

import io.jdocker.linux.MountCalls;
import io.jdocker.linux.failure.InvalidArgument;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the driver {@code local} mounts as a volume: its options are those of mount(8).
 *
 * @param type a file system's, {@code tmpfs}, {@code nfs}; {@code none} for a bind
 * @param device what it is mounted from
 * @param flags MS_* of mount(2)
 * @param data what the file system itself understands, comma-separated
 */
public record LocalOptions(String type, String device, long flags, String data) {
  private static final String ADDRESS = "addr=";

  private static final Map<String, Long> SETTING =
      Map.ofEntries(
          Map.entry("ro", MountCalls.MS_RDONLY),
          Map.entry("nosuid", MountCalls.MS_NOSUID),
          Map.entry("nodev", MountCalls.MS_NODEV),
          Map.entry("noexec", MountCalls.MS_NOEXEC),
          Map.entry("sync", MountCalls.MS_SYNCHRONOUS),
          Map.entry("dirsync", MountCalls.MS_DIRSYNC),
          Map.entry("noatime", MountCalls.MS_NOATIME),
          Map.entry("nodiratime", MountCalls.MS_NODIRATIME),
          Map.entry("relatime", MountCalls.MS_RELATIME),
          Map.entry("strictatime", MountCalls.MS_STRICTATIME),
          Map.entry("bind", MountCalls.MS_BIND),
          Map.entry("rbind", MountCalls.MS_BIND | MountCalls.MS_REC));

  private static final Map<String, Long> CLEARING =
      Map.of(
          "defaults", 0L,
          "rw", MountCalls.MS_RDONLY,
          "suid", MountCalls.MS_NOSUID,
          "dev", MountCalls.MS_NODEV,
          "exec", MountCalls.MS_NOEXEC,
          "async", MountCalls.MS_SYNCHRONOUS,
          "atime", MountCalls.MS_NOATIME);

  /**
   * Reads the options of {@code volume create -o}.
   *
   * @param options not empty
   * @throws InvalidArgument as Docker's driver does
   */
  public static LocalOptions parse(Map<String, String> options) {
    for (String name : options.keySet()) {
      switch (name) {
        case "type", "device", "o" -> {}
        case "size" -> throw new InvalidArgument("quota size requested but no quota support");
        default -> throw new InvalidArgument("invalid option: \"" + name + "\"");
      }
    }
    for (String required : List.of("type", "device")) {
      if (options.getOrDefault(required, "").isEmpty()) {
        throw new InvalidArgument("missing required option: \"" + required + "\"");
      }
    }
    long flags = 0;
    List<String> data = new ArrayList<>();
    for (String word : options.getOrDefault("o", "").split(",", -1)) {
      if (SETTING.containsKey(word)) {
        flags |= SETTING.get(word);
      } else if (CLEARING.containsKey(word)) {
        flags &= ~CLEARING.get(word);
      } else if (!word.isEmpty()) {
        data.add(word);
      }
    }
    return new LocalOptions(
        options.get("type"), options.get("device"), flags, String.join(",", data));
  }

  /** True where the device is a folder of the host. */
  public boolean isBind() {
    return (flags & MountCalls.MS_BIND) != 0;
  }

  /**
   * The data as the kernel takes it: mount.nfs(8) looks names up, nfs(5) in the kernel does not.
   *
   * @throws InvalidArgument when the server's name is not known
   */
  String kernelData() {
    List<String> words = new ArrayList<>();
    for (String word : data.split(",", -1)) {
      words.add(word.startsWith(ADDRESS) ? ADDRESS + address(word) : word);
    }
    return String.join(",", words);
  }

  private static String address(String word) {
    String name = word.substring(ADDRESS.length());
    try {
      return InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException e) {
      throw new InvalidArgument("error resolving passed in network volume address: " + name, e);
    }
  }
}
