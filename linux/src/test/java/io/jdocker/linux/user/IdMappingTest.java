package io.jdocker.linux.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids inside and outside, and the mappings that cannot be. */
final class IdMappingTest {
  private static final IdMapping TWO =
      new IdMapping(
          List.of(new IdRange(0, 100000, 10), new IdRange(10, 500, 5)),
          List.of(new IdRange(0, 200000, 10)));

  @ParameterizedTest
  @CsvSource({"0,100000", "9,100009", "10,500", "14,504"})
  void aUserIsAnotherOutsideAndTheSameOneBack(int inside, int outside) {
    assertEquals(outside, TWO.hostUser(inside));
    assertEquals(OptionalLong.of(inside), TWO.containerUser(outside));
  }

  @Test
  void whoIsNotInItIsNobody() {
    assertThrows(InvalidArgument.class, () -> TWO.hostUser(15));
    assertThrows(InvalidArgument.class, () -> TWO.hostGroup(10));
    assertThrows(InvalidArgument.class, () -> TWO.hostUser(-1));
    assertEquals(OptionalLong.empty(), TWO.containerUser(0));
    assertEquals(OptionalLong.empty(), TWO.containerUser(505));
    assertEquals(200000, TWO.hostGroupOrRoot(11));
  }

  @Test
  void withoutAMappingEverybodyIsWhoTheyAre() {
    assertEquals(-2, IdMapping.none().hostUser(-2));
    assertEquals(OptionalLong.of(7), IdMapping.none().containerGroup(7));
    assertTrue(IdMapping.none().isNone());
  }

  @Test
  void theKernelGetsALineARange() {
    assertEquals("0 100000 10\n10 500 5\n", TWO.userLines());
    assertEquals("0 200000 10\n", TWO.groupLines());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Twice inside, twice outside, none for root.
        "0:100:10 5:200:10",
        "0:100:10 10:105:10",
        "1:100:10",
      })
  void whatTheKernelWouldRefuseIsRefusedFirst(String text) {
    List<IdRange> ranges =
        Arrays.stream(text.split(" ")).map(part -> IdRange.parse("uidmap", part)).toList();
    assertThrows(InvalidArgument.class, () -> new IdMapping(ranges, ranges));
  }

  @Test
  void usersWithoutGroupsAndMoreThanTheKernelTakesAreRefused() {
    List<IdRange> one = List.of(new IdRange(0, 1, 1));
    assertThrows(InvalidArgument.class, () -> new IdMapping(one, List.of()));
    List<IdRange> many =
        java.util.stream.IntStream.range(0, 341)
            .mapToObj(n -> new IdRange(n, 100000 + n, 1))
            .toList();
    assertThrows(InvalidArgument.class, () -> new IdMapping(many, many));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0:1:2:3",
        "a:1:1",
        "0:b:1",
        "0:1:0",
        "-1:1:1",
        "0:-1:1",
        "+0:1:1",
        "0: 1:1",
        "0:1:1x",
        "0:4294967295:1",
        "4294967295:0:1",
        "0:0:4294967296",
        "0:99999999999:1"
      })
  void aRangeIsThreeNumbersThatTheKernelHas(String text) {
    assertThrows(InvalidArgument.class, () -> IdRange.parse("uidmap", text));
  }

  @Test
  void oneIdIsEnough() {
    assertEquals(new IdRange(0, 1000, 1), IdRange.parse("uidmap", "0:1000"));
    assertEquals("0:1000:1", IdRange.parse("uidmap", "0:1000").text());
  }
}
