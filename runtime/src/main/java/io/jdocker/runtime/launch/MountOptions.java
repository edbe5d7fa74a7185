package io.jdocker.runtime.launch;

import io.jdocker.linux.MountCalls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Flags and data of mount(2).
 *
 * @param flags MS_* bits
 * @param data what the file system itself understands, comma-separated; may be empty
 */
record MountOptions(long flags, String data) {
  private static final Map<Long, String> NAMES = new LinkedHashMap<>();
  private static final Map<Long, String> WORDS = new LinkedHashMap<>();

  static {
    name(MountCalls.MS_RDONLY, "MS_RDONLY", "ro");
    name(MountCalls.MS_NOSUID, "MS_NOSUID", "nosuid");
    name(MountCalls.MS_NODEV, "MS_NODEV", "nodev");
    name(MountCalls.MS_NOEXEC, "MS_NOEXEC", "noexec");
    name(MountCalls.MS_REMOUNT, "MS_REMOUNT", "remount");
    name(MountCalls.MS_BIND, "MS_BIND", "bind");
    name(MountCalls.MS_REC, "MS_REC", "");
    name(MountCalls.MS_SLAVE, "MS_SLAVE", "");
    name(MountCalls.MS_PRIVATE, "MS_PRIVATE", "");
    name(MountCalls.MS_STRICTATIME, "MS_STRICTATIME", "strictatime");
  }

  private static void name(long flag, String constant, String word) {
    NAMES.put(flag, constant);
    WORDS.put(flag, word);
  }

  static MountOptions flags(long flags) {
    return new MountOptions(flags, "");
  }

  String flagNames() {
    List<String> names = new ArrayList<>();
    NAMES.forEach(
        (flag, constant) -> {
          if ((flags & flag) != 0) {
            names.add(constant);
          }
        });
    return names.isEmpty() ? "0" : String.join("|", names);
  }

  /** As mount(8) takes it. */
  String shell(String source, String target, String type) {
    if ((flags & MountCalls.MS_SLAVE) != 0) {
      return "mount --make-rslave " + target;
    }
    List<String> words = new ArrayList<>();
    WORDS.forEach(
        (flag, word) -> {
          if ((flags & flag) != 0 && !word.isEmpty()) {
            words.add(word);
          }
        });
    if (!data.isEmpty()) {
      words.add(data);
    }
    StringBuilder command = new StringBuilder("mount");
    if (type != null) {
      command.append(" -t ").append(type);
    }
    if (!words.isEmpty()) {
      command.append(" -o ").append(Shell.quote(String.join(",", words)));
    }
    if (source != null) {
      command.append(' ').append(Shell.quote(source));
    }
    return command.append(' ').append(Shell.quote(target)).toString();
  }
}
