package io.jdocker.cli.compose.request;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.compose.model.Confinement;
import io.jdocker.compose.model.Resources;
import java.util.List;

/** Limits and devices of a HostConfig. */
final class Hardware {
  private Hardware() {}

  static void put(Resources resources, JsonBody hostConfig) {
    hostConfig
        .number("NanoCpus", resources.nanoCpus())
        .number("CpuShares", resources.cpuShares())
        .number("CpuQuota", resources.cpuQuota())
        .number("CpuPeriod", resources.cpuPeriod())
        .number("CpuRealtimeRuntime", resources.cpuRealtimeRuntime())
        .number("CpuRealtimePeriod", resources.cpuRealtimePeriod())
        .text("CpusetCpus", resources.cpuset())
        .number("Memory", resources.memory())
        .number("MemoryReservation", resources.memoryReservation())
        .number("MemorySwap", resources.memorySwap())
        .number("PidsLimit", resources.pids())
        .number("ShmSize", resources.shmSize())
        .flag("OomKillDisable", resources.oomKillDisable());
    resources
        .swappiness()
        .ifPresent(n -> hostConfig.member("MemorySwappiness", new JsonPrimitive(n)));
    resources.oomScoreAdj().ifPresent(n -> hostConfig.member("OomScoreAdj", new JsonPrimitive(n)));
    JsonArray ulimits = new JsonArray();
    resources
        .ulimits()
        .forEach(
            (name, bounds) -> {
              JsonObject one = new JsonBody().text("Name", name).build();
              one.addProperty("Soft", bounds.soft());
              one.addProperty("Hard", bounds.hard());
              ulimits.add(one);
            });
    hostConfig.member("Ulimits", ulimits);
    resources.blockIo().ifPresent(io -> blockIo(io, hostConfig));
  }

  private static void blockIo(Resources.BlockIo io, JsonBody hostConfig) {
    hostConfig
        .number("BlkioWeight", io.weight())
        .member("BlkioWeightDevice", rates(io.weights(), "Weight"))
        .member("BlkioDeviceReadBps", rates(io.readBytes(), "Rate"))
        .member("BlkioDeviceWriteBps", rates(io.writeBytes(), "Rate"))
        .member("BlkioDeviceReadIOps", rates(io.readOperations(), "Rate"))
        .member("BlkioDeviceWriteIOps", rates(io.writeOperations(), "Rate"));
  }

  private static JsonArray rates(List<Resources.DeviceRate> rates, String member) {
    JsonArray array = new JsonArray();
    for (Resources.DeviceRate rate : rates) {
      array.add(new JsonBody().text("Path", rate.path()).number(member, rate.rate()).build());
    }
    return array;
  }

  static JsonArray devices(Confinement confinement) {
    JsonArray array = new JsonArray();
    for (Confinement.Device device : confinement.devices()) {
      array.add(
          new JsonBody()
              .text("PathOnHost", device.source())
              .text("PathInContainer", device.target())
              .text("CgroupPermissions", device.permissions())
              .build());
    }
    return array;
  }
}
