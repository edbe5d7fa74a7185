package io.jdocker.runtime.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VolumeStoreTest {
  private static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");

  @TempDir Path dir;
  private Path root;
  private VolumeStore store;

  @BeforeEach
  void open() {
    root = dir.resolve("volumes");
    store = reopened();
  }

  @Test
  void aVolumeIsAnEmptyFolderThatContainersMayEnter() throws IOException {
    Volume volume = store.create("data", Map.of("k", "v"));
    assertEquals(
        new Volume("data", root.resolve("data/_data"), NOW, Map.of("k", "v"), false, Map.of()),
        volume);
    assertEquals(
        "rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.data())));
  }

  @Test
  void makingItAgainIsTheSameVolumeWithItsFirstLabels() throws IOException {
    Volume first = store.create("data", Map.of("k", "v"));
    Files.writeString(first.data().resolve("file"), "kept");
    assertEquals(first, store.create("data", Map.of("other", "label")));
    assertEquals("kept", Files.readString(first.data().resolve("file")));
  }

  @Test
  void withoutANameItIsAnonymousAndEachIsAnother() {
    Volume one = store.create("", Map.of());
    assertTrue(one.anonymous());
    assertTrue(one.name().matches("[0-9a-f]{64}"), one.name());
    assertNotEquals(one.name(), store.create("", Map.of()).name());
  }

  @Test
  void volumesOutliveTheEngine() {
    Volume named = store.create("data", Map.of("k", "v"));
    Volume anonymous = store.create("", Map.of());
    VolumeStore next = reopened();
    assertEquals(Optional.of(named), next.find("data"));
    assertEquals(Optional.of(anonymous), next.find(anonymous.name()));
    assertEquals(2, next.list().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {".a", "-ab", "a/b", "../etc", "a b", "/host", "_ab"})
  void aNameThatIsNoneIsRefusedWithTheHintOfDocker(String name) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> store.create(name, Map.of()));
    assertEquals(
        "create "
            + name
            + ": \""
            + name
            + "\" includes invalid characters for a local volume name, only"
            + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host"
            + " directory, use absolute path",
        e.getMessage());
    assertEquals(List.of(), store.list());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "."})
  void oneLetterIsNoName(String name) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> store.create(name, Map.of()));
    assertEquals(
        "create "
            + name
            + ": volume name is too short, names should be at least two alphanumeric characters",
        e.getMessage());
    assertEquals(List.of(), store.list());
  }

  @Test
  void optionsAreKeptAndAnonymousOnesAreLabelled() {
    Map<String, String> options = Map.of("type", "tmpfs", "device", "tmpfs");
    store.create("ram", Map.of(), options);
    String anonymous = store.create("", Map.of("k", "v")).name();
    VolumeStore next = reopened();
    assertEquals(options, next.get("ram").options());
    assertEquals(Map.of(), next.get("ram").labels());
    assertEquals(Map.of("k", "v", Volume.ANONYMOUS, ""), next.get(anonymous).labels());
  }

  @Test
  void wrongOptionsAreRefusedWithTheVolumesName() {
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> store.create("data", Map.of(), Map.of("x", "1")));
    assertEquals("create data: invalid option: \"x\"", e.getMessage());
    assertEquals(List.of(), store.list());
  }

  @Test
  void whatIsUsedIsNotRemovedAndWhatIsNotThereIsNotFound() {
    Volume volume = store.create("data", Map.of());
    Conflict used = assertThrows(Conflict.class, () -> store.remove("data", List.of("ab", "cd")));
    assertEquals("remove data: volume is in use - [ab, cd]", used.getMessage());
    assertTrue(Files.exists(volume.data()));
    NotFound missing = assertThrows(NotFound.class, () -> store.remove("nope", List.of()));
    assertEquals("get nope: no such volume", missing.getMessage());
  }

  @Test
  void aRemovedVolumeIsGoneWithItsDataButNotWithWhatItsLinksLeadTo() throws IOException {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "");
    Volume volume = store.create("data", Map.of());
    Files.createDirectories(volume.data().resolve("a/b"));
    Files.createSymbolicLink(volume.data().resolve("a/link"), outside);
    store.remove("data", List.of());
    assertFalse(Files.exists(root.resolve("data")));
    assertTrue(Files.exists(outside.resolve("kept")));
    assertEquals(Optional.empty(), store.find("data"));
  }

  @Test
  void aCreationOrRemovalCutShortIsSweptAway() throws IOException {
    Files.createDirectories(root.resolve("half/_data/deep"));
    assertEquals(List.of(), reopened().list());
    assertFalse(Files.exists(root.resolve("half")));
  }

  /** One spoilt file must not keep the engine from starting, nor cost the volume's data. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"created\":\"yesterday\",\"anonymous\":false,\"labels\":{}}",
        "{\"created\":{},\"anonymous\":false,\"labels\":{}}",
        "{\"created\":\"2024-05-06T07:08:09Z\",\"anonymous\":false,\"labels\":[]}",
        "{\"created\":\"2024-05-06T07:08:09Z\",\"anonymous\":false,\"labels\":{\"k\":{}}}"
      })
  void aSpoiltRecordIsLeftOutAndItsDataStays(String record) throws IOException {
    Volume spoilt = store.create("spoilt", Map.of());
    Files.writeString(spoilt.data().resolve("file"), "precious");
    Volume whole = store.create("whole", Map.of());
    Files.writeString(root.resolve("spoilt/volume.json"), record);
    assertEquals(List.of(whole), reopened().list());
    assertEquals("precious", Files.readString(spoilt.data().resolve("file")));
  }

  @Test
  void aVolumeInThePlaceOfASpoiltOneIsRefusedAndTheDataStays() throws IOException {
    Volume spoilt = store.create("spoilt", Map.of());
    Files.writeString(spoilt.data().resolve("file"), "precious");
    Files.writeString(root.resolve("spoilt/volume.json"), "{");
    VolumeStore next = reopened();
    assertThrows(SystemFailure.class, () -> next.create("spoilt", Map.of()));
    assertEquals("precious", Files.readString(spoilt.data().resolve("file")));
  }

  private VolumeStore reopened() {
    return new VolumeStore(root, Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
