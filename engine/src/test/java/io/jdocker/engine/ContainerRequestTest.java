package io.jdocker.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.LogSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NamespaceSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.spec.SecuritySpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What of a request reaches the engine's specification, and what is there where nothing is said.
 */
class ContainerRequestTest {
  private static ContainerSpec spec(UnaryOperator<ContainerRequestBuilder> wishes) {
    return wishes.apply(ContainerRequest.image("busybox")).build().spec();
  }

  @Test
  void aBareRequestIsWhatAPlainRunGets() {
    ContainerSpec spec = spec(wish -> wish);
    assertEquals("busybox", spec.image());
    assertEquals(Optional.empty(), spec.process().entrypoint(), "the image's own");
    assertEquals(Optional.empty(), spec.process().command(), "the image's own");
    assertEquals(List.of(), spec.process().environment());
    assertEquals("", spec.process().workingDirectory());
    assertEquals("", spec.process().user());
    assertFalse(spec.process().openStdin());
    assertFalse(spec.process().terminal());
    assertEquals(SecuritySpec.standard(), spec.security());
    assertEquals(NamespaceSpec.standard(), spec.namespaces());
    assertEquals(LogSpec.standard(), spec.log());
    assertEquals(NetworkingSpec.standard("default"), spec.networking());
    assertEquals(RestartPolicy.none(), spec.lifecycle().restart());
    assertEquals(Optional.empty(), spec.lifecycle().stopTimeout());
    assertEquals(Optional.empty(), spec.lifecycle().health());
    assertFalse(spec.lifecycle().autoRemove());
    assertFalse(spec.lifecycle().init());
    assertEquals(List.of(), spec.mounts());
    assertEquals(Map.of(), spec.labels());
    assertEquals(0, spec.resources().limits().pids());
  }

  @Test
  void theImageMayBeOneThatWasFound() {
    Image found =
        new Image(
            "sha256:" + "a".repeat(64),
            List.of("busybox:latest"),
            1,
            Instant.EPOCH,
            List.of(),
            List.of("sh"),
            List.of(),
            List.of(),
            Map.of());
    ContainerRequest request = ContainerRequest.image(found).build();
    assertEquals(found.id(), request.image(), "the very image, wherever its name has moved");
    assertEquals("", request.name());
  }

  @ParameterizedTest
  @CsvSource({
    "'', container of busybox",
    "web, container of busybox named web",
  })
  void aRequestSaysWhatItIs(String name, String text) {
    ContainerRequest request = ContainerRequest.image("busybox").name(name).build();
    assertEquals(text, request.toString());
    assertEquals(name, request.name());
    assertEquals("busybox", request.image());
  }

  @Test
  void theProcessIsAsItWasWished() {
    ContainerSpec spec =
        spec(
            wish ->
                wish.entrypoint("/bin/sh", "-c")
                    .command("echo \"$A\"")
                    .environment("A", "1")
                    .environment("EMPTY", "")
                    .environment("EQUALS", "x=y")
                    .workingDirectory("/work")
                    .user("1000:50")
                    .hostname("web"));
    assertEquals(List.of("/bin/sh", "-c", "echo \"$A\""), spec.process().argv());
    assertEquals(List.of("A=1", "EMPTY=", "EQUALS=x=y"), spec.process().environment());
    assertEquals("/work", spec.process().workingDirectory());
    assertEquals("1000:50", spec.process().user());
    assertEquals("web", spec.hostname());
    assertEquals("", spec.domainname());
  }

  @Test
  void noWordsAreAnEmptyCommandAndNotTheImages() {
    ContainerSpec spec = spec(wish -> wish.entrypoint().command());
    assertEquals(Optional.of(List.of()), spec.process().entrypoint());
    assertEquals(Optional.of(List.of()), spec.process().command());
  }

  @Test
  void theLastWordCounts() {
    ContainerSpec spec =
        spec(
            wish ->
                wish.command("a")
                    .command("b", "c")
                    .environment("A", "1")
                    .environment("B", "2")
                    .environment("A", "3")
                    .label("k", "old")
                    .label("k", "new")
                    .user("x")
                    .user("y"));
    assertEquals(List.of("b", "c"), spec.process().argv());
    assertEquals(List.of("A=3", "B=2"), spec.process().environment(), "in the order of first");
    assertEquals(Map.of("k", "new"), spec.labels());
    assertEquals("y", spec.process().user());
  }

  @Test
  void standardInputStaysOpenForOneClient() {
    ContainerSpec spec = spec(ContainerRequestBuilder::stdin);
    assertTrue(spec.process().openStdin());
    assertTrue(spec.process().stdinOnce(), "it ends when the one who writes leaves");
    assertFalse(spec.process().terminal());
  }

  @Test
  void aPortIsOfThisMachineAlone() {
    ContainerSpec spec = spec(wish -> wish.port(5432).port(80));
    assertEquals(
        List.of(
            new NetworkingSpec.PublishedPort("5432/tcp", "127.0.0.1", ""),
            new NetworkingSpec.PublishedPort("80/tcp", "127.0.0.1", "")),
        spec.networking().ports());
    assertFalse(spec.networking().publishAll());
    assertEquals(List.of(), spec.exposedPorts());
  }

  @ParameterizedTest
  @CsvSource({
    "80/tcp, '', 0, ''",
    "53/udp, 127.0.0.2, 5353, 5353",
    "132/sctp, 0.0.0.0, 1, 1",
  })
  void aPublishedPortIsWhereItWasWished(String port, String address, int number, String written) {
    PublishedPort wish = new PublishedPort(Port.parse(port), address, number);
    assertEquals(
        List.of(new NetworkingSpec.PublishedPort(port, address, written)),
        spec(builder -> builder.publish(wish)).networking().ports());
  }

  @Test
  void anywhereIsAnyAddressAndAnyPort() {
    assertEquals(new PublishedPort(Port.udp(53), "", 0), PublishedPort.anywhere(Port.udp(53)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aPortOutOfRangeIsRefusedWhereItIsSaid(int number) {
    ContainerRequestBuilder builder = ContainerRequest.image("busybox");
    assertEquals(
        "port " + number + " is not in 1 to 65535",
        assertThrows(InvalidArgument.class, () -> builder.port(number)).getMessage());
  }

  @Test
  void exposedPortsAreNotPublished() {
    ContainerSpec spec = spec(wish -> wish.expose(Port.tcp(80)).expose(Port.udp(53)));
    assertEquals(List.of("80/tcp", "53/udp"), spec.exposedPorts());
    assertEquals(List.of(), spec.networking().ports());
  }

  @Test
  void theFirstNetworkIsTheContainersMode() {
    ContainerSpec spec =
        spec(
            wish ->
                wish.network(NetworkJoin.of("front", "web", "www").withAddress("10.1.2.3"))
                    .network(NetworkJoin.of("back")));
    assertEquals("front", spec.networking().mode());
    assertEquals(
        Map.of(
            "front",
            new NetworkingSpec.EndpointRequest("10.1.2.3", "", List.of("web", "www"), List.of(), 0),
            "back",
            NetworkingSpec.EndpointRequest.NOTHING),
        spec.networking().endpoints());
  }

  @Test
  void namesOfHostsGoAsDockerWritesThem() {
    ContainerSpec spec =
        spec(wish -> wish.host("db", "10.0.0.9").host("six", "fe80::1").host("g", "host-gateway"));
    assertEquals(
        List.of("db:10.0.0.9", "six:fe80::1", "g:host-gateway"), spec.networking().extraHosts());
  }

  @Test
  void mountsOfEveryKind() {
    ContainerSpec spec =
        spec(
            wish ->
                wish.mount(Mount.bind(Path.of("/srv/../data"), "/data"))
                    .mount(Mount.bind(Path.of("/etc"), "/conf").readOnly())
                    .mount(Mount.volume("v", "/v"))
                    .mount(Mount.volume("w", "/w").readOnly())
                    .mount(Mount.tmpfs("/t"))
                    .mount(Mount.tmpfs("/u").withSize(1 << 20).readOnly()));
    assertEquals(
        List.of(
            mount(MountSpec.Kind.BIND, "/data", "/data", false, ""),
            mount(MountSpec.Kind.BIND, "/etc", "/conf", true, ""),
            mount(MountSpec.Kind.VOLUME, "v", "/v", false, ""),
            mount(MountSpec.Kind.VOLUME, "w", "/w", true, ""),
            mount(MountSpec.Kind.TMPFS, "", "/t", false, ""),
            mount(MountSpec.Kind.TMPFS, "", "/u", true, "size=1048576")),
        spec.mounts());
  }

  private static MountSpec mount(
      MountSpec.Kind kind, String source, String target, boolean readOnly, String options) {
    return new MountSpec(kind, source, target, readOnly, "", options, false);
  }

  @Test
  void aRelativeSourceIsBelowTheFolderOfNow() {
    String source =
        spec(wish -> wish.mount(Mount.bind(Path.of("a/./b/.."), "/a"))).mounts().get(0).source();
    assertEquals(Path.of("a").toAbsolutePath().toString(), source);
  }

  @Test
  void limitsAreInTheKernelsUnits() {
    ContainerSpec spec =
        spec(
            wish ->
                wish.limits(
                    ResourceLimits.none().withMemory(64 << 20).withCpus(1.5).withPids(100)));
    assertEquals(64 << 20, spec.resources().limits().memory().limit());
    assertEquals(1_500_000_000L, spec.resources().limits().cpu().nanoCpus());
    assertEquals(100, spec.resources().limits().pids());
  }

  @Test
  void rightsAreAsTheyWereWished() {
    ContainerSpec spec =
        spec(
            wish ->
                wish.addCapability("NET_ADMIN")
                    .addCapability("SYS_TIME")
                    .dropCapability("ALL")
                    .privileged()
                    .readOnlyRoot());
    assertEquals(
        new SecuritySpec(true, true, List.of("NET_ADMIN", "SYS_TIME"), List.of("ALL"), false, ""),
        spec.security());
  }

  @Test
  void theEndIsAsItWasWished() {
    ContainerSpec spec =
        spec(
            wish ->
                wish.stopSignal("SIGQUIT").stopTimeout(Duration.ofMinutes(2)).init().autoRemove());
    assertEquals("SIGQUIT", spec.lifecycle().stopSignal());
    assertEquals(Optional.of(120), spec.lifecycle().stopTimeout());
    assertTrue(spec.lifecycle().init());
    assertTrue(spec.lifecycle().autoRemove());
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0", "PT1S, 1", "PT59.999S, 59", "PT1H, 3600", "PT-1S, -1"})
  void wholeSecondsOfPatienceCount(Duration patience, int seconds) {
    assertEquals(
        Optional.of(seconds), spec(wish -> wish.stopTimeout(patience)).lifecycle().stopTimeout());
  }

  @Test
  void oneBuilderMakesRequestsThatDoNotChange() {
    ContainerRequestBuilder builder = ContainerRequest.image("busybox").label("a", "1").port(1);
    ContainerRequest first = builder.build();
    builder.label("b", "2").port(2).mount(Mount.tmpfs("/t")).environment("A", "1").name("late");
    assertEquals(Map.of("a", "1"), first.spec().labels());
    assertEquals(1, first.spec().networking().ports().size());
    assertEquals(List.of(), first.spec().mounts());
    assertEquals(List.of(), first.spec().process().environment());
    assertEquals("", first.name());
    ContainerRequest second = builder.build();
    assertEquals(Map.of("a", "1", "b", "2"), second.spec().labels());
    assertEquals("late", second.name());
  }

  @Test
  void nothingIsNoWord() {
    ContainerRequestBuilder builder = ContainerRequest.image("busybox");
    assertThrows(NullPointerException.class, () -> builder.command("a", null));
    assertThrows(NullPointerException.class, () -> builder.entrypoint((String[]) null));
    assertThrows(NullPointerException.class, () -> builder.health(null));
    assertThrows(NullPointerException.class, () -> builder.stopTimeout(null));
  }
}
