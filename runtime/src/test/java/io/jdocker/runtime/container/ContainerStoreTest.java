package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParseException;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.spec.HealthSpec;
import io.jdocker.runtime.spec.LifecycleSpec;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.RestartPolicy;
import io.jdocker.runtime.testing.Specs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records on disk, what a crash leaves of them, and what becomes of spoilt ones. */
final class ContainerStoreTest {
  private final RecordJson json = new RecordJson();
  @TempDir Path dir;
  private ContainerLayout layout;
  private ContainerStore store;

  @BeforeEach
  void openStore() {
    layout = new ContainerLayout(dir.resolve("containers"));
    store = new ContainerStore(layout);
  }

  @Test
  void aRecordComesBackAsItWas() {
    ContainerRecord record = full();
    assertEquals(record, json.read(json.write(record)));
    ContainerRecord bare = Records.record("ab", "web");
    assertEquals(bare, json.read(json.write(bare)));
  }

  @Test
  void aRecordIsForPeopleToRead() {
    String text = new String(json.write(full()), StandardCharsets.UTF_8);
    assertTrue(text.contains("\"created\": \"2024-05-06T07:08:09.123456789Z\""), text);
    assertTrue(text.contains("\"id\": \"ab"), text);
    assertTrue(text.contains("a=<b> & 'c'"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "{\"id\":\"ab\"}",
        "{\"created\":\"yesterday\"}",
        "{",
        "not json"
      })
  void whatIsNoRecordIsRefused(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThrows(JsonParseException.class, () -> json.read(bytes));
  }

  @Test
  void whatIsSavedLoadsInANewStore() {
    ContainerRecord web = Records.record("ab", "web");
    store.add(web);
    store.add(full().withName("other"));
    ContainerRecord renamed = web.withName("www");
    store.save(renamed);
    store.delete(full().id());
    store.add(Records.record("cd", "db"));
    assertEquals(
        Set.of(renamed, Records.record("cd", "db")),
        new HashSet<>(new ContainerStore(layout).load().records()));
  }

  @Test
  void deletingTwiceIsDeletingOnce() throws IOException {
    ContainerRecord record = Records.record("ab", "web");
    store.add(record);
    Files.writeString(layout.log(record.id()), "output");
    Files.createDirectories(layout.folder(record.id()).resolve("a/b"));
    store.delete(record.id());
    store.delete(record.id());
    assertEquals(List.of(), names());
  }

  @Test
  void deletingFollowsNoLink() throws IOException {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Files.writeString(outside.resolve("kept"), "");
    ContainerRecord record = Records.record("ab", "web");
    store.add(record);
    Files.createSymbolicLink(layout.folder(record.id()).resolve("link"), outside);
    store.delete(record.id());
    assertTrue(Files.exists(outside.resolve("kept")));
  }

  @Test
  void aCreationOrRemovalCutShortIsSweptAway() throws IOException {
    ContainerRecord whole = Records.record("ab", "web");
    store.add(whole);
    Files.createDirectory(layout.containers().resolve("cd".repeat(32)));
    ContainerId removing = Records.id("ef");
    store.add(Records.record("ef", "gone"));
    Files.move(layout.folder(removing), layout.containers().resolve(removing + ".removing"));
    assertEquals(new ContainerStore.Loaded(List.of(whole), Set.of(), List.of()), store.load());
    assertEquals(List.of(whole.id().hex()), names());
  }

  @Test
  void aRemovalWithVolumesThatWasCutShortIsToldOf() throws IOException {
    ContainerRecord half = Records.record("ef", "half");
    store.add(half);
    store.doom(half.id(), true);
    store.doom(half.id(), true);
    assertEquals(new ContainerStore.Loaded(List.of(), Set.of(), List.of(half)), store.load());
    assertEquals(List.of(half.id() + ".removing-with-volumes"), names());
    store.bury(half.id(), true);
    store.bury(half.id(), true);
    assertEquals(List.of(), names());
  }

  @Test
  void oneWhoseRecordIsDamagedIsSweptAway() throws IOException {
    ContainerRecord half = Records.record("ef", "half");
    store.add(half);
    Files.writeString(layout.record(half.id()), "{");
    store.doom(half.id(), true);
    assertEquals(new ContainerStore.Loaded(List.of(), Set.of(), List.of()), store.load());
    assertEquals(List.of(), names());
  }

  /** One spoilt file must not keep the engine, and with it all other containers, from starting. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"id\": 7}", "SPEC", "INT"})
  void aSpoiltRecordIsLeftOutAndItsFolderKept(String content) throws IOException {
    ContainerRecord whole = Records.record("ab", "web");
    store.add(whole);
    ContainerRecord spoilt = Records.record("cd", "db");
    store.add(spoilt);
    Files.writeString(layout.record(spoilt.id()), spoil(spoilt, content));
    assertEquals(
        new ContainerStore.Loaded(List.of(whole), Set.of(spoilt.id().hex()), List.of()),
        store.load());
    assertTrue(Files.exists(layout.record(spoilt.id())));
  }

  @Test
  void aRecordInAnothersFolderIsNobodys() throws IOException {
    ContainerRecord record = Records.record("ab", "web");
    store.add(record);
    ContainerId other = Records.id("cd");
    Files.move(layout.folder(record.id()), layout.folder(other));
    assertEquals(
        new ContainerStore.Loaded(List.of(), Set.of(other.hex()), List.of()), store.load());
  }

  @Test
  void othersThanTheOwnerCannotListContainers() throws IOException {
    assertFalse(
        Files.getPosixFilePermissions(layout.containers())
            .contains(java.nio.file.attribute.PosixFilePermission.OTHERS_READ));
  }

  private String spoil(ContainerRecord record, String how) {
    String text = new String(json.write(record), StandardCharsets.UTF_8);
    return switch (how) {
      case "SPEC" -> text.replaceFirst("\"mounts\": \\[\\],?", "");
      case "INT" -> text.replace("\"restartCount\": 0", "\"restartCount\": \"many\"");
      default -> how;
    };
  }

  private List<String> names() throws IOException {
    try (var entries = Files.list(layout.containers())) {
      return entries.map(path -> path.getFileName().toString()).toList();
    }
  }

  /** A record with something in most of its parts. */
  private static ContainerRecord full() {
    ContainerSpec base =
        Specs.run("sh", "-c", "a=<b> & 'c'")
            .environment("A=1")
            .terminal()
            .mount(new MountSpec(MountSpec.Kind.TMPFS, "", "/run", false, "", "size=1m", false))
            .bind("/host", "/data", true)
            .spec();
    ContainerSpec spec =
        new ContainerSpec(
            base.image(),
            base.process(),
            "box",
            "example.org",
            Map.of("k", "v"),
            Map.of("note", "kept"),
            List.of("80/tcp"),
            List.of("/data2"),
            new LifecycleSpec(
                true,
                "INT",
                Optional.of(-1),
                true,
                new RestartPolicy(RestartPolicy.Mode.ON_FAILURE, 3),
                Optional.of(new HealthSpec(List.of("CMD", "true"), 1, 2, 3, 4, 5, List.of("sh")))),
            base.resources(),
            base.security(),
            base.mounts(),
            base.networking(),
            base.namespaces(),
            base.log(),
            base.volumesFrom());
    return new ContainerRecord(
        Records.id("abc"),
        "full",
        Records.CREATED,
        "sha256:00",
        spec,
        ContainerState.created().running(1, 2, Records.CREATED).exited(137, true, Instant.EPOCH),
        3,
        true);
  }
}
