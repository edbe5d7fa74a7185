package io.jdocker.linux.capability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class CapabilityGrantTest {
  private static final CapabilitySet WIDE =
      CapabilitySet.of(Capability.KILL, Capability.CHECKPOINT_RESTORE);

  private static int[] words(byte[] struct) {
    int[] words = new int[struct.length / 4];
    ByteBuffer.wrap(struct).order(ByteOrder.nativeOrder()).asIntBuffer().get(words);
    return words;
  }

  @Test
  void theHeaderIsOfVersionThreeForTheCaller() {
    assertArrayEquals(new int[] {0x20080522, 0}, words(CapabilityGrant.forUser(WIDE, 0).header()));
  }

  @Test
  void rootGetsAllButInherits() {
    CapabilityGrant grant = CapabilityGrant.forUser(WIDE, 0);
    int low = 1 << 5;
    int high = 1 << (40 - 32);
    assertArrayEquals(new int[] {low, low, 0, high, high, 0}, words(grant.data()));
  }

  @Test
  void anotherUserHasNoneUntilAFileGivesThem() {
    CapabilityGrant grant = CapabilityGrant.forUser(WIDE, 1000);
    assertArrayEquals(new int[6], words(grant.data()));
    assertEquals(WIDE, grant.bounding());
  }

  /** CVE-2022-29162: inheritable capabilities came alive through files that had them set. */
  @Test
  void cve202229162TheInheritableSetIsEmpty() {
    for (int uid : new int[] {0, 1000}) {
      int[] words = words(CapabilityGrant.forUser(new CapabilitySet(-1), uid).data());
      assertEquals(0, words[2] | words[5]);
    }
  }

  @Test
  void whatIsNotGrantedIsDroppedFromTheBoundingSet() {
    CapabilityGrant grant = CapabilityGrant.forUser(CapabilitySet.of(Capability.KILL), 0);
    assertArrayEquals(new int[] {Capability.CHECKPOINT_RESTORE.number()}, grant.dropsFrom(WIDE));
  }
}
