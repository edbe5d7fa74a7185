package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.cgroups.CgroupDetector;
import io.jdocker.cgroups.CgroupDriver;
import io.jdocker.cgroups.LimitsValidator;
import io.jdocker.linux.Architecture;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.launch.HostDevices;
import io.jdocker.runtime.launch.SecurityPolicy;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.LifecycleSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.NetworkingSpec.EndpointRequest;
import io.jdocker.runtime.spec.NetworkingSpec.PublishedPort;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.testing.Specs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal with the text that Docker's clients look for. */
final class SpecValidatorTest {
  private static final Kernel KERNEL = Kernel.load();
  private static final CgroupDriver GROUPS = new CgroupDetector(KERNEL).detect("/none");

  private final SpecValidator validator =
      new SpecValidator(
          new SecurityPolicy(Architecture.current()),
          new ResourceValidator(
              LimitsValidator.of(GROUPS, KERNEL),
              GROUPS,
              new HostDevices(KERNEL, Path.of("/dev"))));

  private void validate(ContainerSpec spec) {
    validator.validate(spec, warning -> {});
  }

  @Test
  void anOrdinaryContainerPasses() {
    assertDoesNotThrow(
        () -> validate(Specs.run("true").workingDirectory("/w").bind("/h", "/data", true).spec()));
  }

  @Test
  void theWorkFolderIsAbsolute() {
    assertRefused(
        "the working directory 'w' is invalid, it needs to be an absolute path",
        Specs.run("true").workingDirectory("w").spec());
  }

  @Test
  void aHostNameHas63CharactersAtMost() {
    assertDoesNotThrow(() -> validate(named("a".repeat(63), "")));
    String tooLong = "a".repeat(64);
    assertRefused("invalid hostname format: " + tooLong, named(tooLong, ""));
  }

  @Test
  void aStopSignalIsASignal() {
    assertDoesNotThrow(() -> validate(named("", "SIGINT")));
    assertRefused("Invalid signal: FOO", named("", "FOO"));
  }

  @ParameterizedTest
  @CsvSource({
    "data, invalid mount config for type \"bind\": invalid mount path: 'data' mount path must be"
        + " absolute",
    "/, invalid specification: destination can't be '/'",
    "/a/.., invalid specification: destination can't be '/'",
    "/proc, \"/proc\" cannot be mounted on because it is inside /proc",
    "//proc/./sys, \"/proc/sys\" cannot be mounted on because it is inside /proc"
  })
  void aTargetIsAPathBelowTheRootAndOutsideProc(String target, String message) {
    assertRefused(message, Specs.run("true").bind("/h", target, false).spec());
  }

  @Test
  void aTargetThatOnlyBeginsLikeProcIsFine() {
    assertDoesNotThrow(() -> validate(Specs.run("true").bind("/h", "/process", false).spec()));
  }

  @Test
  void twoMountsCannotShareATargetHoweverWritten() {
    assertRefused(
        "Duplicate mount point: /a/./b/",
        Specs.run("true").bind("/h", "/a/b", false).bind("/h", "/a/./b/", false).spec());
  }

  @Test
  void aVolumesNameIsOne() {
    ContainerSpec spec =
        Specs.run("true")
            .mount(new MountSpec(MountSpec.Kind.VOLUME, "a/b", "/data", false, "", "", false))
            .spec();
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> validate(spec));
    assertEquals("create a/b: ", e.getMessage().substring(0, 12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bridge", "host", "none", "", "default"})
  void aFixedAddressIsForNetworksOfTheUsers(String mode) {
    NetworkingSpec network =
        NetworkingSpec.standard(mode)
            .withEndpoints(
                Map.of("bridge", new EndpointRequest("10.0.0.5", "", List.of(), List.of(), 0)));
    assertRefused(
        "user specified IP address is supported on user defined networks only",
        Specs.run("true").networking(network).spec());
  }

  @Test
  void whoeverSharesAContainersNetworkHasNoSettingsOfItsOwn() {
    String joined = "container:other";
    assertRefused("conflicting options: dns and the network mode", with(joined, "dns"));
    assertRefused(
        "conflicting options: custom host-to-IP mapping and the network mode",
        with(joined, "hosts"));
    assertRefused("conflicting options: mac-address and the network mode", with(joined, "mac"));
    assertRefused(
        "conflicting options: port publishing and the container type network mode",
        with(joined, "ports"));
    assertRefused(
        "conflicting options: port publishing and the container type network mode",
        with(joined, "all"));
    assertRefused(
        "conflicting options: container type network can't be used with links. This would result"
            + " in undefined behavior",
        with(joined, "links"));
    assertDoesNotThrow(() -> validate(with(joined, "nothing")));
  }

  @Test
  void whoSharesANetworkExposesNothingOfItsOwn() {
    ContainerSpec exposing = exposing(NetworkingSpec.standard("container:other"), "80/tcp");
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> validator.checkRequest(exposing));
    assertEquals(
        "conflicting options: port exposing and the container type network mode", e.getMessage());
    assertDoesNotThrow(
        () -> validator.checkRequest(exposing(NetworkingSpec.standard("bridge"), "80/tcp")));
    assertDoesNotThrow(
        () -> validator.checkRequest(with("container:other", "nothing")),
        "the image's own EXPOSE is no conflict");
  }

  static Stream<Arguments> wordsWithNul() {
    return Stream.of(
        Arguments.of("command \"a\\0b\"", Specs.run("sh", "a\0b")),
        Arguments.of("environment variable \"A=b\\0\"", Specs.run("sh").environment("A=b\0")),
        Arguments.of("working directory \"/x\\0\"", Specs.run("sh").workingDirectory("/x\0")),
        Arguments.of("user \"\\0root\"", Specs.run("sh").user("\0root")),
        Arguments.of("mount \"/a\\0/b\"", Specs.run("sh").bind("/a\0", "/b", false)));
  }

  /** execve(2) and mount(2) would take what stands before the NUL. */
  @ParameterizedTest
  @MethodSource("wordsWithNul")
  void aNulByteIsRefused(String what, Specs specs) {
    assertRefused("invalid " + what + ": it contains a NUL byte", specs.spec());
  }

  @Test
  void linksNeedANetworkOfTheContainersOwn() {
    assertRefused(
        "conflicting options: host type networking can't be used with links. This would result in"
            + " undefined behavior",
        with("host", "links"));
    assertDoesNotThrow(() -> validate(with("bridge", "links")));
  }

  private static ContainerSpec exposing(NetworkingSpec network, String port) {
    return Specs.run("true").networking(network).exposing(port).spec();
  }

  private void assertRefused(String message, ContainerSpec spec) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> validate(spec));
    assertEquals(message, e.getMessage());
  }

  private static ContainerSpec with(String mode, String setting) {
    NetworkingSpec network =
        new NetworkingSpec(
            mode,
            Map.of(),
            setting.equals("ports")
                ? List.of(new PublishedPort("80/tcp", "", "8080"))
                : List.<PublishedPort>of(),
            setting.equals("all"),
            setting.equals("links") ? List.of("db:db") : List.<String>of(),
            setting.equals("dns") ? List.of("1.1.1.1") : List.<String>of(),
            List.of(),
            List.of(),
            setting.equals("hosts") ? List.of("a:1.1.1.1") : List.<String>of(),
            setting.equals("mac") ? "02:42:ac:11:00:02" : "");
    return Specs.run("true").networking(network).spec();
  }

  private static ContainerSpec named(String hostname, String stopSignal) {
    ContainerSpec base = Specs.run("true").spec();
    return new ContainerSpec(
        base.image(),
        base.process(),
        hostname,
        "",
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        new LifecycleSpec(
            false, stopSignal, Optional.empty(), false, RestartPolicy.none(), Optional.empty()),
        base.resources(),
        base.security(),
        List.of(),
        base.networking(),
        base.namespaces(),
        base.log(),
        base.volumesFrom());
  }
}
