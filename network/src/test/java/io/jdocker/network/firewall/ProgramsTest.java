package io.jdocker.network.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.failure.Unavailable;
import org.junit.jupiter.api.Test;

class ProgramsTest {
  @Test
  void aMissingProgramIsNamedWithWhatToDo() {
    Unavailable missing =
        assertThrows(
            Unavailable.class,
            () -> new Programs("/nowhere:relative").start("iptables-that-is-not-there"));
    assertTrue(missing.getMessage().contains("iptables-that-is-not-there was not found"));
    assertTrue(missing.getMessage().contains("install the package iptables"));
  }

  @Test
  void outputComesBackAndFailuresSayWhy() {
    Programs programs = new Programs("/usr/bin:/bin");
    assertEquals("hi\n", programs.run("hi\n", "cat"));
    SystemFailure failure =
        assertThrows(
            SystemFailure.class, () -> programs.run("", "sh", "-c", "echo no >&2; exit 3"));
    assertEquals("sh failed (3): no", failure.getMessage());
  }
}
