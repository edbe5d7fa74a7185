package io.jdocker.runtime.volume;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.MountCalls;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.SystemFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jnr.constants.platform.Errno;

/**
 * Volumes that are mounts ({@code volume create -o type=...}): mounted at their {@code _data} while
 * a container that uses them runs, so that all who use one at a time see one file system. On the
 * host they are in the engine's mount namespace: a crash leaves them there, where {@link #keepOnly}
 * finds them. Thread-safe.
 */
public final class MountedVolumes {
  private final MountCalls mounts;
  private final Map<String, Set<String>> holders = new HashMap<>();

  public MountedVolumes(Kernel kernel) {
    this.mounts = kernel.mounts();
  }

  /**
   * Mounts it for its first holder.
   *
   * @param holder a container's id
   * @throws SystemFailure when it cannot be mounted, as a server does not answer
   */
  public synchronized void hold(Volume volume, String holder) {
    if (volume.options().isEmpty()) {
      return;
    }
    Set<String> held = holders.computeIfAbsent(volume.name(), name -> new HashSet<>());
    if (held.isEmpty()) {
      mount(volume);
    }
    held.add(holder);
  }

  private void mount(Volume volume) {
    LocalOptions options = LocalOptions.parse(volume.options());
    String target = volume.data().toString();
    String data = options.kernelData();
    try {
      mounts.mount(
          options.device(), target, options.type(), options.flags(), data.isEmpty() ? null : data);
      long remount = options.flags() & ~(MountCalls.MS_BIND | MountCalls.MS_REC);
      if (options.isBind() && remount != 0) {
        // mount(2): a bind takes no other flag along.
        mounts.mount(
            null, target, null, MountCalls.MS_BIND | MountCalls.MS_REMOUNT | remount, null);
      }
    } catch (SyscallException e) {
      throw new SystemFailure(
          "error while mounting volume '"
              + target
              + "': failed to mount local volume: mount "
              + options.device()
              + ":"
              + target
              + (options.flags() == 0 ? "" : ", flags: 0x" + Long.toHexString(options.flags()))
              + (data.isEmpty() ? "" : ", data: " + data)
              + ": "
              + SyscallException.describe(e.errno()),
          e);
    }
  }

  /** Unmounts it after its last holder. */
  public synchronized void release(Volume volume, String holder) {
    Set<String> held = holders.getOrDefault(volume.name(), Set.of());
    if (held.contains(holder)) {
      held.remove(holder);
      if (held.isEmpty()) {
        holders.remove(volume.name());
        unmount(volume);
      }
    }
  }

  /** A container that runs on after an engine's end holds it; it is mounted already. */
  public synchronized void adopt(Volume volume, String holder) {
    if (!volume.options().isEmpty()) {
      holders.computeIfAbsent(volume.name(), name -> new HashSet<>()).add(holder);
    }
  }

  /**
   * After a crash: unmounts what no container holds.
   *
   * @param isMounted tells whether something is mounted on a volume's folder
   */
  public synchronized void keepOnly(Iterable<Volume> volumes, Predicate<Volume> isMounted) {
    for (Volume volume : volumes) {
      boolean stray = !volume.options().isEmpty() && !holders.containsKey(volume.name());
      if (stray && isMounted.test(volume)) {
        unmount(volume);
      }
    }
  }

  /** Somebody else may have done so: what was to be reached is reached then. */
  private void unmount(Volume volume) {
    try {
      mounts.unmount(volume.data().toString(), MountCalls.MNT_DETACH);
    } catch (SyscallException e) {
      if (!e.is(Errno.EINVAL) && !e.is(Errno.ENOENT)) {
        throw e;
      }
    }
  }
}
