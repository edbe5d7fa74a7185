package io.jdocker.cgroups;

import static io.jdocker.linux.FileCalls.AT_FDCWD;

import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;

/** The block devices that have a node in this host's file system. */
final class HostBlockDevices implements DeviceNumbers {
  private static final int FOLLOW_LINKS = 0;

  private final Kernel kernel;

  HostBlockDevices(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public String of(String path) {
    FileStatus status =
        kernel
            .files()
            .find(AT_FDCWD, path, FOLLOW_LINKS)
            .orElseThrow(
                () ->
                    new InvalidArgument("invalid device " + path + ": no such file or directory"));
    if (status.type() != FileStatus.S_IFBLK) {
      throw new InvalidArgument("invalid device " + path + ": it is not a block device");
    }
    return FileStatus.major(status.rdev()) + ":" + FileStatus.minor(status.rdev());
  }
}
