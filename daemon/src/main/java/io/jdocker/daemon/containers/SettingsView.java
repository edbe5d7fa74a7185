package io.jdocker.daemon.containers;

import io.jdocker.daemon.containers.SettingsDocument.DeviceDocument;
import io.jdocker.daemon.containers.SettingsDocument.UlimitDocument;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.DeviceSpec;
import io.jdocker.runtime.spec.KernelSpec;
import java.util.Map;
import java.util.Optional;

/** Shows the devices and kernel settings of a container's specification. */
final class SettingsView {
  private static final String RUNTIME = "jdocker";

  private SettingsView() {}

  static SettingsDocument of(ContainerSpec spec) {
    DeviceSpec devices = spec.resources().devices();
    KernelSpec kernel = spec.resources().kernel();
    return new SettingsDocument(
        spec.annotations(),
        spec.resources().cgroupParent(),
        kernel.oomScoreAdj(),
        Map.of(),
        kernel.sysctls(),
        RUNTIME,
        "",
        devices.mappings().stream()
            .map(
                device ->
                    new DeviceDocument(
                        device.hostPath(), device.containerPath(), device.permissions()))
            .toList(),
        devices.rules().isEmpty() ? Optional.empty() : Optional.of(devices.rules()),
        Optional.empty(),
        kernel.ulimits().stream()
            .map(limit -> new UlimitDocument(limit.name(), limit.hard(), limit.soft()))
            .toList(),
        0,
        0,
        0,
        0);
  }
}
