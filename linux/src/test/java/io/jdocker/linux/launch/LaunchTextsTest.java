package io.jdocker.linux.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.ProcessCalls;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a launch reads and writes as text: flags, signals, listings. */
final class LaunchTextsTest {
  @Test
  void namespacesAreNamedInTheOrderOfTheManual() {
    assertEquals("", CloneFlags.shown(0));
    assertEquals("CLONE_NEWNS", CloneFlags.shown(0x00020000));
    assertEquals(
        "CLONE_NEWNS|CLONE_NEWPID",
        CloneFlags.shown(ProcessCalls.CLONE_NEWPID | ProcessCalls.CLONE_NEWNS));
    assertEquals(
        "CLONE_NEWNS|CLONE_NEWUTS|CLONE_NEWIPC|CLONE_NEWPID|CLONE_NEWNET|CLONE_NEWCGROUP"
            + "|CLONE_NEWUSER|CLONE_NEWTIME",
        CloneFlags.shown(0x7e020080));
  }

  @Test
  void flagsThatAreNoNamespacesAreLeftOut() {
    assertEquals("CLONE_NEWNET", CloneFlags.shown(ProcessCalls.CLONE_NEWNET | 0x4100L));
  }

  @Test
  void bitNOfTheMaskIsSignalNPlusOne() {
    assertEquals(List.of(), ignored("0000000000000000"));
    assertEquals(List.of(1), ignored("0000000000000001"));
    assertEquals(List.of(1, 13), ignored("0000000000001001"));
  }

  @Test
  void theLastSignalIsTheSignBitAndAllAreSixtyFour() {
    assertEquals(List.of(64), ignored("8000000000000000"));
    assertEquals(IntStream.rangeClosed(1, 64).boxed().toList(), ignored("ffffffffffffffff"));
  }

  @Test
  void theFieldIsFoundAmongTheOthersAndNotTakenForOneOfThem() {
    assertEquals(
        List.of(2),
        IgnoredSignals.parse(
            List.of(
                "Name:\tSigIgn:",
                "SigBlk:\t0000000000000001",
                "SigIgn:\t0000000000000002",
                "SigCgt:\t0000000000000004")));
  }

  @Test
  void aStatusWithoutTheFieldIsNoStatus() {
    assertThrows(NoSuchElementException.class, () -> IgnoredSignals.parse(List.of("Name:\tjava")));
  }

  @Test
  void aListingIsTheBytesBeforeTheSemicolons() {
    assertArrayEquals(
        new byte[] {0x0f, 0x05, (byte) 0xeb, (byte) 0xd3},
        Listing.bytes("; start:\n0f05   ; syscall\nebd3 ; jmp wait\n"));
    assertArrayEquals(new byte[0], Listing.bytes("; nothing\n"));
  }

  @Test
  void aListingWithATypingErrorIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Listing.bytes("0f0 ; syscall\n"));
    assertThrows(IndexOutOfBoundsException.class, () -> Listing.bytes("0f05 syscall\n"));
  }

  private static List<Integer> ignored(String mask) {
    return IgnoredSignals.parse(List.of("SigIgn:\t" + mask));
  }
}
