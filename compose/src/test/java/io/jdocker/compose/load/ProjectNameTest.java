package io.jdocker.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNameTest {
  @ParameterizedTest
  @CsvSource({
    "shop, shop",
    "Shop, shop",
    "My Shop, myshop",
    "shop.v2, shopv2",
    "_shop, shop",
    "--shop-, shop-",
    "_-_9, 9",
    "été, t",
    "a_b-c, a_b-c"
  })
  void aFolderMakesAName(String folder, String name) {
    assertEquals(name, ProjectName.ofFolder(folder));
    assertEquals(name, ProjectName.checked(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "...", "___", "ß", "/"})
  void orNone(String folder) {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> ProjectName.ofFolder(folder));
    assertEquals(
        "project name must not be empty: the folder \""
            + folder
            + "\" makes none, give one with --project-name",
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Shop", "_a", "-a", "a b", "a.b", "a/b", "é", "a\n"})
  void aGivenNameIsNotMended(String name) {
    InvalidArgument refused = assertThrows(InvalidArgument.class, () -> ProjectName.checked(name));
    assertEquals(
        "invalid project name \""
            + name
            + "\": must consist only of lowercase alphanumeric characters, hyphens, and"
            + " underscores as well as start with a letter or number",
        refused.getMessage());
  }
}
