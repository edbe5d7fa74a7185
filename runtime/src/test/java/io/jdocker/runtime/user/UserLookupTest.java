package io.jdocker.runtime.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserLookupTest {
  private static final String PASSWD =
      """
      root:x:0:0:root:/root:/bin/sh
      1000:x:0:0:a number for a name:/evil:/bin/sh
      web:x:33:33::/var/www:/bin/sh
      nohome:x:34:33:::/bin/sh
      broken:x:abc
      """;
  private static final String GROUP =
      """
      root:x:0:
      www:x:33:
      video:x:44:web,root
      log:x:45:other,web
      """;

  private final UserLookup lookup =
      new UserLookup(
          path -> Optional.ofNullable(Map.of("etc/passwd", PASSWD, "etc/group", GROUP).get(path)));

  @Test
  void nobodyAskedForIsRootWithItsHome() {
    assertEquals(new User(0, 0, List.of(0, 44), "/root"), lookup.resolve("", List.of()));
  }

  @Test
  void aNameBringsItsGroups() {
    assertEquals(
        new User(33, 33, List.of(33, 44, 45), "/var/www"), lookup.resolve("web", List.of()));
  }

  @Test
  void cve20163697ANumberIsNeverAName() {
    assertEquals(new User(1000, 0, List.of(0), "/"), lookup.resolve("1000", List.of()));
  }

  @Test
  void cve202236109ThePrimaryGroupIsAmongTheGroups() {
    assertEquals(List.of(7), lookup.resolve("5:7", List.of()).groups());
  }

  @Test
  void aGivenGroupReplacesTheMemberships() {
    assertEquals(new User(33, 44, List.of(44), "/var/www"), lookup.resolve("web:video", List.of()));
  }

  @Test
  void furtherGroupsAreAdded() {
    assertEquals(List.of(33, 45, 99), lookup.resolve("5:www", List.of("log", "99")).groups());
  }

  @Test
  void anEmptyHomeIsTheRoot() {
    assertEquals("/", lookup.resolve("nohome", List.of()).home());
  }

  @Test
  void withoutAccountFilesNumbersStillWork() {
    UserLookup bare = new UserLookup(path -> Optional.empty());
    assertEquals(new User(5, 6, List.of(6), "/"), bare.resolve("5:6", List.of()));
    assertEquals(new User(0, 0, List.of(0), "/"), bare.resolve("", List.of()));
  }

  @Test
  void anUnknownNameIsDockersError() {
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> lookup.resolve("nouser", List.of()));
    assertEquals("unable to find user nouser: no matching entries in passwd file", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4294967296", "2147483648", "99999999999999999999", "5:4294967296"})
  void cve202440635ANumberOutOfRangeIsRefused(String user) {
    assertThrows(InvalidArgument.class, () -> lookup.resolve(user, List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x0", "1a", "-1", "+1", " 1", "root2", "web:nogroup", "web:-1"})
  void cve202630892JunkIsNoUser(String user) {
    assertThrows(InvalidArgument.class, () -> lookup.resolve(user, List.of()));
  }
}
