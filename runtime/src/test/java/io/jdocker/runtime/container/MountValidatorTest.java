package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.MountSpec.Kind;
import io.jdocker.runtime.spec.MountTraits;
import io.jdocker.runtime.spec.MountTraits.Origin;
import io.jdocker.runtime.spec.MountTraits.ReadOnlyReach;
import io.jdocker.runtime.spec.MountTraits.VolumeTraits;
import io.jdocker.runtime.testing.Specs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MountValidatorTest {
  private static MountSpec mount(Kind kind, String source, String target) {
    return new MountSpec(kind, source, target, false, "", "", false);
  }

  private static MountSpec bind(
      boolean readOnly, String propagation, boolean recursive, ReadOnlyReach reach) {
    return new MountSpec(Kind.BIND, "/a", "/b", readOnly, "", "", false)
        .withTraits(
            new MountTraits(
                Origin.MOUNT_FLAG, propagation, recursive, reach, VolumeTraits.standard()));
  }

  private static MountSpec volume(VolumeTraits wishes) {
    return mount(Kind.VOLUME, "vol", "/b").withTraits(MountTraits.standard().withVolume(wishes));
  }

  private static MountSpec tmpfs(String options) {
    return new MountSpec(Kind.TMPFS, "", "/b", false, "", options, false);
  }

  private static VolumeTraits options(Map<String, String> options) {
    return new VolumeTraits(false, "", Map.of(), "", options);
  }

  private static VolumeTraits subpath(String part) {
    return new VolumeTraits(false, part, Map.of(), "", Map.of());
  }

  static List<Arguments> refused() {
    String wrong = "invalid mount config for type ";
    return List.of(
        Arguments.of(
            mount(Kind.BIND, "/a", ""), wrong + "\"bind\": field Target must not be empty"),
        Arguments.of(
            mount(Kind.BIND, "/a", "b"),
            wrong + "\"bind\": invalid mount path: 'b' mount path must be absolute"),
        Arguments.of(
            mount(Kind.VOLUME, "vol", "b/c"),
            wrong + "\"volume\": invalid mount path: 'b/c' mount path must be absolute"),
        Arguments.of(
            mount(Kind.BIND, "/a", "/x/.."), "invalid specification: destination can't be '/'"),
        Arguments.of(
            mount(Kind.BIND, "/a", "/proc"),
            "\"/proc\" cannot be mounted on because it is inside /proc"),
        Arguments.of(
            mount(Kind.BIND, "/a", "/x/../proc/sys"),
            "\"/proc/sys\" cannot be mounted on because it is inside /proc"),
        Arguments.of(
            mount(Kind.BIND, "", "/b"), wrong + "\"bind\": field Source must not be empty"),
        Arguments.of(
            mount(Kind.TMPFS, "/a", "/b"), wrong + "\"tmpfs\": field Source must not be specified"),
        Arguments.of(tmpfs("sise=1m"), "invalid tmpfs option \"sise=1m\""),
        Arguments.of(tmpfs("size="), "invalid tmpfs option \"size=\""),
        Arguments.of(
            bind(false, "sideways", true, ReadOnlyReach.AS_FAR_AS_POSSIBLE),
            wrong + "\"bind\": invalid propagation mode: sideways"),
        Arguments.of(
            bind(false, "", true, ReadOnlyReach.ALL),
            wrong + "\"bind\": mount option ReadOnlyForceRecursive requires a read-only mount"),
        Arguments.of(
            bind(true, "", false, ReadOnlyReach.ALL),
            wrong + "\"bind\": mount options NonRecursive and ReadOnlyForceRecursive conflict"),
        Arguments.of(
            bind(true, "rslave", true, ReadOnlyReach.ALL),
            wrong + "\"bind\": mount option ReadOnlyForceRecursive needs propagation rprivate"),
        Arguments.of(
            mount(Kind.BIND, "/a", "/b")
                .withTraits(
                    MountTraits.standard()
                        .withVolume(new VolumeTraits(true, "", Map.of(), "", Map.of()))),
            wrong + "\"bind\": field VolumeOptions must not be specified"),
        Arguments.of(
            mount(Kind.VOLUME, "vol", "/b")
                .withTraits(MountTraits.standard().withPropagation("shared")),
            wrong + "\"volume\": field BindOptions must not be specified"),
        Arguments.of(
            volume(subpath("/abs")),
            wrong + "\"volume\": subpath must be a relative path within the volume"),
        Arguments.of(
            volume(subpath("a/../../b")),
            wrong + "\"volume\": subpath must be a relative path within the volume"),
        Arguments.of(
            volume(options(Map.of("size", "1"))), "quota size requested but no quota support"),
        Arguments.of(volume(options(Map.of("o", "ro"))), "missing required option: \"type\""),
        Arguments.of(
            volume(new VolumeTraits(false, "", Map.of(), "nfs", Map.of())),
            "error looking up volume plugin nfs: plugin \"nfs\" not found"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatCannotBeMountedIsNamed(MountSpec mount, String message) {
    EngineException e =
        assertThrows(
            EngineException.class,
            () -> MountValidator.check(Specs.run("true").mount(mount).spec()));
    assertEquals(message, e.getMessage());
  }

  @Test
  void oneTargetIsMountedOnce() {
    Specs twice =
        Specs.run("true")
            .mount(mount(Kind.BIND, "/a", "/b/"))
            .mount(mount(Kind.VOLUME, "vol", "/x/../b"));
    EngineException e =
        assertThrows(EngineException.class, () -> MountValidator.check(twice.spec()));
    assertEquals("Duplicate mount point: /x/../b", e.getMessage());
  }

  static List<MountSpec> accepted() {
    return List.of(
        mount(Kind.BIND, "/a", "/proc2"),
        mount(Kind.VOLUME, "", "/b"),
        bind(true, "rprivate", true, ReadOnlyReach.ALL),
        bind(true, "shared", false, ReadOnlyReach.TOP_ONLY),
        volume(subpath("a/./b")),
        volume(options(Map.of("type", "none", "device", "/srv", "o", "bind"))),
        volume(new VolumeTraits(true, "", Map.of(), "local", Map.of())),
        tmpfs("size=1m,mode=700,exec"));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void theRestIsTaken(MountSpec mount) {
    assertDoesNotThrow(() -> MountValidator.check(Specs.run("true").mount(mount).spec()));
  }
}
