package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cgroups.BlockIoLimits.DeviceValue;
import io.jdocker.cgroups.Limits;
import io.jdocker.cgroups.MemoryLimits;
import io.jdocker.daemon.http.Failures;
import io.jdocker.daemon.json.Json;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.DeviceSpec;
import io.jdocker.runtime.spec.KernelSpec.Ulimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, devices and kernel settings: what is sent, what becomes of it, and what is shown. */
final class SettingsDocumentTest {
  private final Json json = new Json();
  private final List<String> warnings = new ArrayList<>();

  private ContainerSpec spec(String hostConfig) {
    String body = "{\"Image\":\"busybox\",\"HostConfig\":{" + hostConfig + "}}";
    return new CreateRequest(json.read(body, CreateDocument.class)).spec(warnings::add);
  }

  private String shown(String hostConfig) {
    return json.write(new HostConfigView().of(spec(hostConfig)));
  }

  @Test
  void everyLimitHasItsPlace() {
    Limits limits =
        spec("""
            "Memory":67108864,"MemorySwap":134217728,"MemoryReservation":33554432,
            "MemorySwappiness":0,"OomKillDisable":true,"CpuShares":512,"CpuPeriod":50000,
            "CpuQuota":25000,"CpuRealtimePeriod":1000000,"CpuRealtimeRuntime":950000,
            "CpusetCpus":"0","CpusetMems":"0","PidsLimit":-1,"BlkioWeight":300,
            "BlkioWeightDevice":[{"Path":"/dev/sda","Weight":200}],
            "BlkioDeviceReadBps":[{"Path":"/dev/sda","Rate":1}],
            "BlkioDeviceWriteBps":[{"Path":"/dev/sda","Rate":2}],
            "BlkioDeviceReadIOps":[{"Path":"/dev/sda","Rate":3}],
            "BlkioDeviceWriteIOps":[{"Path":"/dev/sda","Rate":4}]""")
            .resources()
            .limits();
    assertEquals(new MemoryLimits(64 << 20, 128 << 20, 32 << 20, 0, true), limits.memory());
    assertEquals(512, limits.cpu().shares());
    assertEquals(50_000, limits.cpu().period());
    assertEquals(25_000, limits.cpu().quota());
    assertEquals(1_000_000, limits.cpu().realtimePeriod());
    assertEquals(950_000, limits.cpu().realtimeRuntime());
    assertEquals("0", limits.cpu().cpus());
    assertEquals("0", limits.cpu().mems());
    assertEquals(-1, limits.pids());
    assertEquals(300, limits.blockIo().weight());
    assertEquals(List.of(new DeviceValue("/dev/sda", 200)), limits.blockIo().deviceWeights());
    assertEquals(List.of(new DeviceValue("/dev/sda", 1)), limits.blockIo().readBps());
    assertEquals(List.of(new DeviceValue("/dev/sda", 2)), limits.blockIo().writeBps());
    assertEquals(List.of(new DeviceValue("/dev/sda", 3)), limits.blockIo().readIops());
    assertEquals(List.of(new DeviceValue("/dev/sda", 4)), limits.blockIo().writeIops());
  }

  /** The docker command sends -1 where nothing was given; 0 is a swappiness. */
  @Test
  void minusOneIsNoSwappiness() {
    assertEquals(
        MemoryLimits.UNSET,
        spec("\"MemorySwappiness\":-1").resources().limits().memory().swappiness());
    assertEquals(0, spec("\"MemorySwappiness\":0").resources().limits().memory().swappiness());
    assertThrows(InvalidArgument.class, () -> spec("\"MemorySwappiness\":-2"));
  }

  @Test
  void devicesAndKernelSettingsHaveTheirPlace() {
    ContainerSpec spec =
        spec(
            """
            "Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/f","CgroupPermissions":"r"}],
            "DeviceCgroupRules":["c 10:* rw"],
            "Ulimits":[{"Name":"nofile","Hard":20,"Soft":10}],
            "Sysctls":{"net.core.somaxconn":"7"},"OomScoreAdj":-3,"CgroupParent":"tests",
            "Annotations":{"a.b":"c"},"Runtime":"runc","Isolation":"default\"""");
    assertEquals(
        new DeviceSpec(
            List.of(new DeviceSpec.Mapping("/dev/fuse", "/dev/f", "r")), List.of("c 10:* rw")),
        spec.resources().devices());
    assertEquals(List.of(new Ulimit("nofile", 10, 20)), spec.resources().kernel().ulimits());
    assertEquals(Map.of("net.core.somaxconn", "7"), spec.resources().kernel().sysctls());
    assertEquals(-3, spec.resources().kernel().oomScoreAdj());
    assertEquals("tests", spec.resources().cgroupParent());
    assertEquals(Map.of("a.b", "c"), spec.annotations());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Memory\":67108864",
        "\"MemorySwap\":-1",
        "\"MemoryReservation\":33554432",
        "\"MemorySwappiness\":10",
        "\"OomKillDisable\":true",
        "\"OomScoreAdj\":500",
        "\"NanoCpus\":500000000",
        "\"CpuShares\":512",
        "\"CpuPeriod\":50000",
        "\"CpuQuota\":25000",
        "\"CpuRealtimePeriod\":1000000",
        "\"CpuRealtimeRuntime\":950000",
        "\"CpusetCpus\":\"0\"",
        "\"CpusetMems\":\"0\"",
        "\"PidsLimit\":5",
        "\"BlkioWeight\":300",
        "\"BlkioWeightDevice\":[{\"Path\":\"/dev/sda\",\"Weight\":200}]",
        "\"BlkioDeviceReadBps\":[{\"Path\":\"/dev/sda\",\"Rate\":1}]",
        "\"BlkioDeviceWriteBps\":[{\"Path\":\"/dev/sda\",\"Rate\":1}]",
        "\"BlkioDeviceReadIOps\":[{\"Path\":\"/dev/sda\",\"Rate\":1}]",
        "\"BlkioDeviceWriteIOps\":[{\"Path\":\"/dev/sda\",\"Rate\":1}]",
        "\"Devices\":[{\"PathOnHost\":\"/dev/a\",\"PathInContainer\":\"/dev/b\","
            + "\"CgroupPermissions\":\"rw\"}]",
        "\"DeviceCgroupRules\":[\"c 1:3 r\"]",
        "\"Ulimits\":[{\"Name\":\"core\",\"Hard\":0,\"Soft\":0}]",
        "\"Sysctls\":{\"kernel.msgmax\":\"8\"}",
        "\"CgroupParent\":\"/tests\"",
        "\"Annotations\":{\"a\":\"b\"}",
        "\"ShmSize\":1048576",
      })
  void whatIsSentIsShown(String setting) {
    String document = shown(setting);
    assertTrue(document.contains(setting), document);
  }

  @Test
  void memoryAloneIsShownWithTheSwapItAllows() {
    assertTrue(shown("\"Memory\":67108864").contains("\"MemorySwap\":134217728"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"Isolation\":\"hyperv\" | 400 | Invalid isolation: \"hyperv\" - linux only supports"
            + " 'default'",
        "\"StorageOpt\":{\"inodes\":\"9\"} | 400 | Unknown option inodes",
        "\"Runtime\":\"kata\" | 400 | unknown or invalid runtime name: kata",
        "\"StorageOpt\":{\"size\":\"1G\"} | 501 | --storage-opt is supported only for overlay over xfs"
            + " with 'pquota' mount option",
        "\"IOMaximumIOps\":1 | 400 | Invalid QoS settings: linux does not support Maximum IO"
            + " Bandwidth or Maximum IO IOps",
        "\"IOMaximumBandwidth\":1 | 400 | Invalid QoS settings: linux does not support Maximum IO"
            + " Bandwidth or Maximum IO IOps",
        "\"DeviceRequests\":[{\"Driver\":\"\",\"Count\":-1,\"Capabilities\":[[\"gpu\"]]}] | 500 |"
            + " could not select device driver \"\" with capabilities: [[gpu]]",
        "\"DeviceRequests\":[{\"Driver\":\"nvidia\",\"Capabilities\":[[\"gpu\",\"compute\"]]}] | 500 |"
            + " could not select device driver \"nvidia\" with capabilities: [[gpu compute]]",
      })
  void whatLinuxOrThisEngineLacksIsSaid(String setting, int status, String message) {
    EngineException refused = assertThrows(EngineException.class, () -> spec(setting));
    assertEquals(message, refused.getMessage());
    assertEquals(status, Failures.of(refused).status());
  }

  @Test
  void whatOnlyWindowsHasIsPassedOverWithAWarning() {
    spec("\"CpuPercent\":10,\"CpuCount\":2");
    assertEquals(
        List.of(
            "linux does not support CPU percent. Percent discarded.",
            "linux does not support CPU count. Count discarded."),
        warnings);
  }
}
