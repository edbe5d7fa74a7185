package io.jdocker.linux.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CapabilityPolicyTest {
  private static final CapabilitySet ALL = CapabilitySet.of(Capability.values());
  private static final CapabilitySet NO_RESOURCE =
      ALL.minus(CapabilitySet.of(Capability.SYS_RESOURCE));

  private final CapabilityPolicy policy = new CapabilityPolicy(NO_RESOURCE, NO_RESOURCE);

  @Test
  void withoutOptionsTheDefaultIsGiven() {
    assertEquals(CapabilitySet.dockerDefault(), policy.resolve(List.of(), List.of()));
  }

  @Test
  void addedOnesComeAndDroppedOnesGo() {
    CapabilitySet set = policy.resolve(List.of("net_admin", "CAP_SYS_TIME"), List.of("KILL"));
    assertEquals(
        CapabilitySet.dockerDefault()
            .plus(CapabilitySet.of(Capability.NET_ADMIN, Capability.SYS_TIME))
            .minus(CapabilitySet.of(Capability.KILL)),
        set);
  }

  @Test
  void allAddedIsWhatTheEngineHasWithoutTheDropped() {
    assertEquals(
        NO_RESOURCE.minus(CapabilitySet.of(Capability.SYS_ADMIN)),
        policy.resolve(List.of("ALL"), List.of("SYS_ADMIN")));
    assertEquals(NO_RESOURCE, policy.privileged());
  }

  @Test
  void allDroppedLeavesTheAdded() {
    assertEquals(
        CapabilitySet.of(Capability.CHOWN), policy.resolve(List.of("CHOWN"), List.of("all")));
    assertTrue(policy.resolve(List.of(), List.of("ALL")).isEmpty());
  }

  @Test
  void whatTheEngineLacksCannotBeAdded() {
    InvalidArgument refused =
        assertThrows(
            InvalidArgument.class, () -> policy.resolve(List.of("SYS_RESOURCE"), List.of()));
    assertEquals(
        "invalid CapAdd: capability not supported by your kernel or not available in the current"
            + " environment: \"CAP_SYS_RESOURCE\"",
        refused.getMessage());
  }

  @Test
  void anEngineWithLessGivesLessByDefault() {
    CapabilitySet chown = CapabilitySet.of(Capability.CHOWN);
    CapabilityPolicy poor = new CapabilityPolicy(chown, chown);
    assertEquals(CapabilitySet.of(Capability.CHOWN), poor.resolve(List.of(), List.of()));
  }

  @Test
  void anUnknownNameIsRefusedWithItsOption() {
    assertEquals(
        "invalid CapDrop: unknown capability: \"NOPE\"",
        assertThrows(InvalidArgument.class, () -> policy.resolve(List.of(), List.of("NOPE")))
            .getMessage());
  }

  @Test
  void theEnginesOwnSetIsReadFromItsStatus(@TempDir Path dir) throws IOException {
    Path status = dir.resolve("status");
    Files.writeString(
        status, "Name:\tjava\nCapPrm:\t000001fffeffffff\nCapBnd:\t00000000000000ff\n");
    assertEquals(new CapabilitySet(0xff), CapabilityPolicy.ofProcess(status).available());
    Files.writeString(status, "Name:\tjava\n");
    assertThrows(SystemFailure.class, () -> CapabilityPolicy.ofProcess(status));
  }
}
