package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EnvironmentTest {
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  @Test
  void theUsersValueTakesThePlaceOfTheImages() {
    assertEquals(
        List.of("PATH=/bin", "A=2", "B=1", "C=3"),
        Environment.merge(List.of("PATH=/bin", "A=1", "B=1"), List.of("A=2", "C=3")));
  }

  @Test
  void aBareNameTakesAVariableAway() {
    assertEquals(
        List.of("PATH=/bin"), Environment.merge(List.of("A=1", "PATH=/bin"), List.of("A", "B")));
  }

  @Test
  void anEmptyValueAndOneWithEqualsSignsAreValues() {
    assertEquals(
        List.of("PATH=/bin", "A=", "B=x=y"),
        Environment.merge(List.of("PATH=/bin", "A=1"), List.of("A=", "B=x=y")));
  }

  @Test
  void namesDifferByCaseAndByWhatFollowsThem() {
    assertEquals(
        List.of("PATH=/bin", "AB=1", "a=2", "A=3"),
        Environment.merge(List.of("PATH=/bin", "AB=1"), List.of("a=2", "A=3")));
  }

  @Test
  void aPathIsAlwaysThere() {
    assertEquals(List.of(PATH), Environment.merge(List.of(), List.of()));
    assertEquals(List.of(PATH), Environment.merge(List.of("PATH=/bin"), List.of("PATH")));
  }

  @Test
  void ofTwoValuesOfTheUsersTheLastCounts() {
    assertEquals(List.of("A=2", PATH), Environment.merge(List.of(), List.of("A=1", "A=2")));
  }

  @Test
  void theEngineAddsWhatNobodySaid() {
    assertEquals(
        List.of("HOSTNAME=box", "TERM=xterm", "HOME=/root", "A=1"),
        Environment.complete(List.of("A=1"), "box", true, "/root", List.of()));
    assertEquals(
        List.of("HOSTNAME=box", "HOME=/"),
        Environment.complete(List.of(), "box", false, "/", List.of()));
  }

  @Test
  void whatSomebodySaidIsNotSaidTwice() {
    assertEquals(
        List.of("HOSTNAME=mine", "TERM=vt100", "HOME=/home"),
        Environment.complete(
            List.of("HOSTNAME=mine", "TERM=vt100", "HOME=/home"), "box", true, "/", List.of()));
  }

  @Test
  void linksComeBeforeTheUsersOwnVariables() {
    assertEquals(
        List.of("HOSTNAME=box", "HOME=/", "DB_PORT=1", "A=1"),
        Environment.complete(List.of("A=1"), "box", false, "/", List.of("DB_PORT=1")));
  }
}
