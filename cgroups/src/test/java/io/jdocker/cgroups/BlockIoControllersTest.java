package io.jdocker.cgroups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.cgroups.BlockIoLimits.DeviceValue;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.nio.file.Path;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights and rates of block devices, on v1 and v2. */
final class BlockIoControllersTest {
  private static final Kernel KERNEL = Kernel.load();

  /** Two devices: /dev/a is 8:0, /dev/b is 8:16. */
  private static final DeviceNumbers NUMBERS = path -> path.equals("/dev/a") ? "8:0" : "8:16";

  private static final Limits ALL =
      Limits.builder()
          .blockIo(
              new BlockIoLimits(
                  500,
                  List.of(new DeviceValue("/dev/a", 100), new DeviceValue("/dev/b", 1000)),
                  List.of(new DeviceValue("/dev/a", 1)),
                  List.of(new DeviceValue("/dev/b", 2)),
                  List.of(new DeviceValue("/dev/a", 3)),
                  List.of(new DeviceValue("/dev/a", 4), new DeviceValue("/dev/b", 5))))
          .build();

  @TempDir private Path root;
  private FixtureFiles files;

  @BeforeEach
  void fixture() {
    files = new FixtureFiles(KERNEL);
  }

  private void throttles() {
    files
        .with("blkio.throttle.read_bps_device", "")
        .with("blkio.throttle.write_bps_device", "")
        .with("blkio.throttle.read_iops_device", "")
        .with("blkio.throttle.write_iops_device", "");
  }

  private List<String> update(Controller controller, Limits limits) {
    controller.update(limits, files.made(root.resolve("c")));
    return files.writes();
  }

  @Test
  void v1WritesALineForEachDevice() {
    throttles();
    files.with("blkio.weight", "").with("blkio.weight_device", "");
    assertEquals(
        List.of(
            "c/blkio.weight=500",
            "c/blkio.weight_device=8:0 100",
            "c/blkio.weight_device=8:16 1000",
            "c/blkio.throttle.read_bps_device=8:0 1",
            "c/blkio.throttle.write_bps_device=8:16 2",
            "c/blkio.throttle.read_iops_device=8:0 3",
            "c/blkio.throttle.write_iops_device=8:0 4",
            "c/blkio.throttle.write_iops_device=8:16 5"),
        update(new V1BlkioController(NUMBERS), ALL));
  }

  @Test
  void v1WithBfqWritesItsFiles() {
    throttles();
    files.with("blkio.bfq.weight", "").with("blkio.bfq.weight_device", "");
    List<String> writes = update(new V1BlkioController(NUMBERS), ALL);
    assertEquals("c/blkio.bfq.weight=500", writes.get(0));
    assertEquals("c/blkio.bfq.weight_device=8:0 100", writes.get(1));
  }

  @Test
  void v2ConvertsWeightsAndNamesRates() {
    files.with("io.weight", "default 100").with("io.max", "");
    assertEquals(
        List.of(
            "c/io.weight=4950",
            "c/io.weight=8:0 910",
            "c/io.weight=8:16 10000",
            "c/io.max=8:0 rbps=1",
            "c/io.max=8:16 wbps=2",
            "c/io.max=8:0 riops=3",
            "c/io.max=8:0 wiops=4",
            "c/io.max=8:16 wiops=5"),
        update(new V2IoController(NUMBERS), ALL));
  }

  /** BFQ's weights have v1's range, so nothing is converted. */
  @Test
  void v2WithBfqTakesWeightsAsTheyAre() {
    files.with("io.bfq.weight", "default 100").with("io.max", "");
    List<String> writes = update(new V2IoController(NUMBERS), ALL);
    assertEquals("c/io.bfq.weight=500", writes.get(0));
    assertEquals("c/io.bfq.weight=8:0 100", writes.get(1));
    assertEquals("c/io.bfq.weight=8:16 1000", writes.get(2));
  }

  @ParameterizedTest
  @CsvSource({"10, 1", "100, 910", "500, 4950", "1000, 10000"})
  void aWeightIsSpreadOverV2sRange(long v1, long v2) {
    assertEquals(v2, V2IoController.weight(v1));
  }

  @Test
  void whatIsNotWantedIsNotWritten() {
    assertEquals(List.of(), update(new V1BlkioController(NUMBERS), Limits.none()));
    files = new FixtureFiles(KERNEL);
    root = root.resolve("..").resolve(root.getFileName()).resolve("v2");
    files.makeDirectory(root);
    assertEquals(List.of(), update(new V2IoController(NUMBERS), Limits.none()));
  }

  @Test
  void aDeviceThatTheKernelDoesNotThrottleIsTheUsersMistake() {
    throttles();
    files.with("blkio.bfq.weight", "").with("blkio.bfq.weight_device", "");
    files.refuse("blkio.throttle.write_bps_device", Errno.EINVAL);
    assertThrows(InvalidArgument.class, () -> update(new V1BlkioController(NUMBERS), ALL));
  }

  @Test
  void aKernelWithoutWeightsNamesTheFile() {
    files.with("io.max", "");
    SystemFailure missing =
        assertThrows(SystemFailure.class, () -> update(new V2IoController(NUMBERS), ALL));
    assertEquals(true, missing.getMessage().contains("io.weight"), missing.getMessage());
  }

  private CgroupStats measured(Controller controller) {
    StatsBuilder stats = new StatsBuilder();
    controller.measure(files.made(root.resolve("c")), stats);
    return stats.build();
  }

  /** As older kernels print it: idle devices without numbers run into the next line. */
  @Test
  void v2sLinesMayRunTogether() {
    files.with("io.stat", "7:7 7:6 8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0\n8:16 \n\n");
    CgroupStats stats = measured(new V2IoController(NUMBERS));
    assertEquals(
        List.of(new CgroupStats.Io(8, 0, "read", 1), new CgroupStats.Io(8, 0, "write", 2)),
        stats.ioBytes());
    assertEquals(
        List.of(new CgroupStats.Io(8, 0, "read", 3), new CgroupStats.Io(8, 0, "write", 4)),
        stats.ioCount());
  }

  @Test
  void v2sNewerCountersAreNoTrouble() {
    files.with("io.stat", "8:0 rbytes=9 cost.usage=12 cost.wait=0 future=max\n");
    assertEquals(
        List.of(new CgroupStats.Io(8, 0, "read", 9)),
        measured(new V2IoController(NUMBERS)).ioBytes());
  }

  @Test
  void v1HasSeveralOperationsADeviceAndASum() {
    files
        .with(
            "blkio.throttle.io_service_bytes_recursive",
            "8:0 Read 5\n8:0 Write 6\n8:0 Sync 7\n8:0 Total 11\nTotal 11\n")
        .with("blkio.throttle.io_serviced_recursive", "Total 0\n");
    CgroupStats stats = measured(new V1BlkioController(NUMBERS));
    assertEquals(
        List.of("Read", "Write", "Sync", "Total"),
        stats.ioBytes().stream().map(CgroupStats.Io::operation).toList());
    assertEquals(List.of(), stats.ioCount());
  }
}
