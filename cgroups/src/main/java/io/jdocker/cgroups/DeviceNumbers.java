package io.jdocker.cgroups;

import io.jdocker.linux.failure.InvalidArgument;

/** Finds out by which numbers the kernel knows a block device. */
interface DeviceNumbers {
  /**
   * The numbers as control files take them: {@code 254:0}.
   *
   * @param path of its node: {@code /dev/sda}
   * @throws InvalidArgument when there is no such block device
   */
  String of(String path);
}
