package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cgroups.DeviceRule;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.launch.DeviceNode;
import io.jdocker.runtime.launch.HostDevices;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.DeviceSpec;
import io.jdocker.runtime.spec.DeviceSpec.Mapping;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that a container asks for. /dev/null is one that every host has. */
final class ContainerDevicesTest {
  @TempDir private Path folder;

  private static final SecuritySpec PRIVILEGED =
      new SecuritySpec(true, false, List.of(), List.of(), false, "");

  private final HostDevices host = new HostDevices(Kernel.load(), Path.of("/dev"));

  private static ContainerSpec spec(SecuritySpec security, DeviceSpec devices) {
    return Specs.run("true")
        .resources(ResourceSpec.none().withDevices(devices))
        .security(security)
        .spec();
  }

  private ContainerDevices devices(List<Mapping> mappings, String... rules) {
    return ContainerDevices.of(
        spec(SecuritySpec.standard(), new DeviceSpec(mappings, List.of(rules))), host);
  }

  private static Mapping map(String from, String to, String permissions) {
    return new Mapping(from, to, permissions);
  }

  private static List<DeviceRule> added(ContainerDevices devices) {
    int usual = DeviceRule.dockerDefaults().size();
    assertEquals(DeviceRule.dockerDefaults(), devices.rules().subList(0, usual));
    return devices.rules().subList(usual, devices.rules().size());
  }

  @Test
  void aContainerThatAsksForNoneHasTheUsualOnes() {
    ContainerDevices devices = devices(List.of());
    assertEquals(List.of(), devices.nodes());
    assertEquals(List.of(), added(devices));
  }

  @ParameterizedTest
  @CsvSource({"r", "w", "m", "rw", "rwm", "mwr"})
  void aDeviceIsANodeAndARule(String permissions) {
    ContainerDevices devices = devices(List.of(map("/dev/null", "/dev/hole", permissions)));
    DeviceNode node = devices.nodes().get(0);
    assertEquals("/dev/hole", node.path());
    assertEquals(1, node.major());
    assertEquals(3, node.minor());
    assertEquals(false, node.isBlock());
    assertEquals(List.of(DeviceRule.parse("c 1:3 " + permissions)), added(devices));
  }

  @Test
  void noPermissionsMeanAll() {
    assertEquals(
        List.of(DeviceRule.parse("c 1:3 rwm")),
        added(devices(List.of(map("/dev/null", "/dev/null", "")))));
  }

  /** As /dev/dri/by-path and /dev/disk/by-id have them. */
  @Test
  void aLinkOfTheHostIsFollowed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/zero"));
    DeviceNode node = devices(List.of(map(link.toString(), "/dev/x", "r"))).nodes().get(0);
    assertEquals(5, node.minor());
    assertEquals("/dev/x", node.path());
  }

  @Test
  void whatIsNoDeviceIsRefusedInDockersWords() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String start = "error gathering device information while adding custom device \"";
    assertEquals(
        start + file + "\": not a device node",
        assertThrows(
                InvalidArgument.class, () -> devices(List.of(map(file.toString(), "/dev/x", "r"))))
            .getMessage());
    assertEquals(
        start + "/dev/none-such\": no such file or directory",
        assertThrows(
                InvalidArgument.class, () -> devices(List.of(map("/dev/none-such", "/dev/x", "r"))))
            .getMessage());
  }

  @Test
  void aFolderWithoutDevicesIsRefused() throws IOException {
    Files.createFile(folder.resolve("file"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/zero"));
    assertThrows(
        InvalidArgument.class, () -> devices(List.of(map(folder.toString(), "/dev/x", "r"))));
  }

  @Test
  void aFolderIsAllThatIsInIt() {
    List<String> paths =
        devices(List.of(map("/dev", "/dev/of-host", "r"))).nodes().stream()
            .map(DeviceNode::path)
            .toList();
    assertTrue(paths.contains("/dev/of-host/null"), paths::toString);
    assertTrue(paths.contains("/dev/of-host/zero"), paths::toString);
    assertTrue(paths.stream().allMatch(path -> path.startsWith("/dev/of-host/")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "rwx", "rwmr", " ", "R"})
  void permissionsAreSomeOfThree(String permissions) {
    assertThrows(
        InvalidArgument.class, () -> devices(List.of(map("/dev/null", "/dev/x", permissions))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "dev/x", "./dev/x"})
  void thePathInTheContainerIsAbsolute(String path) {
    assertThrows(InvalidArgument.class, () -> devices(List.of(map("/dev/null", path, "r"))));
  }

  @Test
  void rulesFollowTheDevices() {
    ContainerDevices devices =
        devices(List.of(map("/dev/null", "/dev/x", "r")), "b *:* rw", "a 7:* m");
    assertEquals(
        List.of(
            DeviceRule.parse("c 1:3 r"), DeviceRule.parse("b *:* rw"), DeviceRule.parse("a 7:* m")),
        added(devices));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c", "c 1:3", "c 1:3 x", "x 1:3 r", "c 1 3 r", "c 1:99999999999 r"})
  void aRuleThatIsNoneIsRefused(String rule) {
    assertThrows(InvalidArgument.class, () -> devices(List.of(), rule));
  }

  @Test
  void aPrivilegedContainerHasAllAndThoseRenamedOnceMore() {
    ContainerDevices devices =
        ContainerDevices.of(
            spec(
                PRIVILEGED,
                new DeviceSpec(
                    List.of(map("/dev/null", "/dev/hole", "r"), map("/dev/zero", "/dev/zero", "r")),
                    List.of())),
            host);
    assertEquals(List.of(DeviceRule.allowAll()), devices.rules());
    List<String> paths = devices.nodes().stream().map(DeviceNode::path).toList();
    assertTrue(paths.contains("/dev/hole"), paths::toString);
    assertEquals(false, paths.contains("/dev/zero"), "made for every container");
    assertEquals(host.all().size() + 1, paths.size());
  }
}
