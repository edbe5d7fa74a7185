package io.jdocker.daemon.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.spec.MountSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -v SOURCE:TARGET[:MODE]}, with dockerd's rules for modes. */
class BindTextTest {
  private static MountSpec parse(String text) {
    return BindText.parse(text, "");
  }

  @Test
  void aPathIsABindWhoseSourceIsMade() {
    MountSpec bind = parse("/host:/box");
    assertEquals(MountSpec.Kind.BIND, bind.kind());
    assertEquals("/host", bind.source());
    assertEquals("/box", bind.target());
    assertTrue(bind.createSource());
    assertFalse(bind.readOnly());
    assertEquals("", bind.traits().propagation());
  }

  @Test
  void anythingElseIsAVolumeOfTheGivenDriver() {
    MountSpec volume = BindText.parse("data:/box:nocopy", "local");
    assertEquals(MountSpec.Kind.VOLUME, volume.kind());
    assertEquals("data", volume.source());
    assertFalse(volume.createSource());
    assertTrue(volume.traits().volume().noCopy());
    assertEquals("local", volume.traits().volume().driver());
  }

  @Test
  void theDriverIsNotABindsMatter() {
    assertEquals("", BindText.parse("/host:/box", "local").traits().volume().driver());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ro|true|",
        "rw|false|",
        "z|false|",
        "Z|false|",
        "ro,z|true|",
        "z,ro|true|",
        "rslave|false|rslave",
        "slave|false|slave",
        "ro,rshared|true|rshared",
        "shared,ro,Z|true|shared",
        "private|false|private",
        "rprivate,rw|false|rprivate",
        "consistent|false|",
        "cached,ro|true|",
        "delegated|false|",
        "default|false|",
      })
  void aModeIsWordsInAnyOrder(String mode, boolean readOnly, String propagation) {
    MountSpec bind = parse("/host:/box:" + mode);
    assertEquals(readOnly, bind.readOnly());
    assertEquals(propagation == null ? "" : propagation, bind.traits().propagation());
    assertEquals(mode, bind.mode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ro,ro",
        "ro,rw",
        "z,Z",
        "shared,slave",
        "rshared,rprivate",
        "nocopy,nocopy",
        "x",
        "ro,x",
        ",",
        "ro,",
        ",ro",
        "RO",
        " ro",
        "cached,delegated",
        "noexec",
      })
  void twoWordsOfOneKindOrAnUnknownOneAreNoMode(String mode) {
    InvalidArgument wrong = assertThrows(InvalidArgument.class, () -> parse("/host:/box:" + mode));
    assertEquals("invalid mode: " + mode, wrong.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/box",
        ":",
        ":/box",
        "/host:",
        "/host::ro",
        "/a:/b:ro:rw",
        "/a:/b:/c:/d",
        "::",
        // One colon, and behind it what can only be a mode: an anonymous volume has none.
        "/box:ro",
        "/box:z",
        "data:rw",
      })
  void partsThatAreMissingOrTooManyAreRefused(String text) {
    InvalidArgument wrong = assertThrows(InvalidArgument.class, () -> parse(text));
    assertEquals("invalid volume specification: '" + text + "'", wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"/host:box, bind, box", "data:box/x, volume, box/x", "/h:./x, bind, ./x"})
  void aTargetIsAbsolute(String text, String kind, String target) {
    InvalidArgument wrong = assertThrows(InvalidArgument.class, () -> parse(text));
    assertEquals(
        "invalid volume specification: '"
            + text
            + "': invalid mount config for type \""
            + kind
            + "\": invalid mount path: '"
            + target
            + "' mount path must be absolute",
        wrong.getMessage());
  }
}
