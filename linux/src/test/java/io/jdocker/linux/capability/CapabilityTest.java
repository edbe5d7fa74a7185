package io.jdocker.linux.capability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CapabilityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"NET_ADMIN", "CAP_NET_ADMIN", "net_admin", "cap_Net_Admin", " NET_ADMIN "})
  void aNameIsReadInEveryForm(String name) {
    assertEquals(Capability.NET_ADMIN, Capability.parse(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CAP_", "NET", "CAP_CAP_KILL", "KILL,CHOWN", "12"})
  void anUnknownNameIsRefused(String name) {
    assertEquals(
        "unknown capability: \"" + name + "\"",
        assertThrows(InvalidArgument.class, () -> Capability.parse(name)).getMessage());
  }

  @Test
  void numbersAreTheKernels() {
    assertEquals(0, Capability.CHOWN.number());
    assertEquals(21, Capability.SYS_ADMIN.number());
    assertEquals(40, Capability.CHECKPOINT_RESTORE.number());
    assertEquals("CAP_SYS_ADMIN", Capability.SYS_ADMIN.kernelName());
  }

  @Test
  void setsAreCombined() {
    CapabilitySet two = CapabilitySet.of(Capability.KILL, Capability.CHOWN);
    CapabilitySet one = CapabilitySet.of(Capability.KILL);
    assertEquals(List.of(Capability.CHOWN), two.minus(one).toList());
    assertEquals(one, two.intersect(one));
    assertEquals(two, one.plus(two));
    assertTrue(two.contains(Capability.CHOWN));
    assertFalse(one.contains(Capability.CHOWN));
    assertTrue(one.minus(two).isEmpty());
    assertEquals("CAP_CHOWN,CAP_KILL", two.toString());
  }

  @Test
  void theDefaultSetIsDockers() {
    // The value that CapEff shows in every plain Docker container.
    assertEquals(0xa80425fbL, CapabilitySet.dockerDefault().bits());
  }

  @Test
  void capabilitiesNewerThanThisListCanStillBeDropped() {
    CapabilitySet future = new CapabilitySet(1L << 50 | 1);
    assertArrayEquals(new int[] {0, 50}, future.numbers());
    CapabilityGrant grant = CapabilityGrant.forUser(CapabilitySet.of(Capability.CHOWN), 0);
    assertArrayEquals(new int[] {50}, grant.dropsFrom(future));
  }
}
