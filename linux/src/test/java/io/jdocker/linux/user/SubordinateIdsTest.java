package io.jdocker.linux.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --userns-remap}; the refusals are those that dockerd 20.10 prints. */
final class SubordinateIdsTest {
  @TempDir private Path etc;

  private SubordinateIds ids;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(
        etc.resolve("passwd"),
        "root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/:/bin/sh\nbob:x:1001:1001::/:/bin/sh\n");
    Files.writeString(etc.resolve("group"), "root:x:0:\nalice:x:1000:\nbob:x:1001:\nlab:x:7:\n");
    Files.writeString(
        etc.resolve("subuid"), "alice:400000:1000\nalice:300000:10\nbob:500000:65536\n");
    Files.writeString(etc.resolve("subgid"), "alice:600000:65536\nlab:700000:65536\n");
    ids = new SubordinateIds(etc);
  }

  private static List<IdRange> one(long start, long count) {
    return List.of(new IdRange(0, start, count));
  }

  @Test
  void rangesFollowEachOtherTheLowestFirst() {
    List<IdRange> users = List.of(new IdRange(0, 300000, 10), new IdRange(10, 400000, 1000));
    assertEquals(new IdMapping(users, one(600000, 65536)), ids.mapping("alice"));
    assertEquals(ids.mapping("alice"), ids.mapping("1000"));
    assertEquals(ids.mapping("alice"), ids.mapping("1000:1000"));
  }

  @Test
  void aGroupMayBeNamedApart() {
    IdMapping expected = new IdMapping(one(500000, 65536), one(700000, 65536));
    assertEquals(expected, ids.mapping("bob:lab"));
    assertEquals(expected, ids.mapping("bob:7"));
  }

  @Test
  void rootStaysRoot() {
    assertTrue(ids.mapping("root").isNone());
    assertTrue(ids.mapping("0:0").isNone());
  }

  @Test
  void theDefaultUserGetsRangesOnceAfterAllOthers() throws Exception {
    IdMapping first = ids.mapping("default");
    assertEquals(new IdMapping(one(565536, 65536), one(765536, 65536)), first);
    assertEquals(first, ids.mapping("default"));
    assertEquals(
        "alice:400000:1000\nalice:300000:10\nbob:500000:65536\ndockremap:565536:65536\n",
        Files.readString(etc.resolve("subuid")));
  }

  @Test
  void onAnEmptyMachineTheDefaultBeginsWhereUseraddDoes(@TempDir Path empty) {
    assertEquals(
        new IdMapping(one(100000, 65536), one(100000, 65536)),
        new SubordinateIds(empty).mapping("default"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a:b:c | Invalid user/group specification in --userns-remap: \"a:b:c\"",
        "eve | Error during uid lookup for \"eve\": getent unable to find entry \"eve\" in passwd"
            + " database",
        "9 | Uid 9 has no entry in /etc/passwd: getent unable to find entry \"9\" in passwd"
            + " database",
        "alice:9 | Gid 9 has no entry in /etc/group: getent unable to find entry \"9\" in group"
            + " database",
        "alice:eve | Error during groupname lookup for \"eve\": getent unable to find entry"
            + " \"eve\" in group database",
        "bob | Can't create ID mappings: no subgid ranges found for group \"bob\""
      })
  void whoIsNotThereIsRefusedInDockersWords(String wanted, String message) {
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> ids.mapping(wanted));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void aBadLineIsNamed() throws Exception {
    Files.writeString(etc.resolve("subuid"), "alice:-5:10\n");
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> ids.mapping("alice"));
    assertTrue(refused.getMessage().endsWith("has a bad line: alice:-5:10"), refused::getMessage);
  }
}
