package io.jdocker.cli.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.cli.CommandFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker's table of where a copy goes. */
final class PlacementTest {
  /** target: none, file, folder. */
  private static Placement place(String source, boolean folder, String target, String there) {
    return Placement.of(
        Placement.sourceName(source),
        folder,
        target,
        !there.equals("none"),
        there.equals("folder"));
  }

  @ParameterizedTest(name = "{0} to {2} ({3})")
  @CsvSource({
    // a file
    "f, false, /d/new, none, /d, new",
    "a/f, false, /d/old, file, /d, old",
    "f, false, /d, folder, /d, f",
    "f, false, /d/, folder, /d/, f",
    "f, false, new, none, ., new",
    "/f, false, /new, none, /, new",
    // a folder
    "dir, true, /d/new, none, /d, new",
    "dir/, true, /d/new, none, /d, new",
    "dir, true, /d/new/, none, /d, new",
    "dir, true, /d, folder, /d, dir",
    "a/dir/, true, /d, folder, /d, dir",
    // what a folder holds
    "dir/., true, /d, folder, /d, .",
    "., true, /d, folder, /d, .",
    "dir/., true, /d/new, none, /d, new",
    "/, true, /d, folder, /d, .",
    "/., true, /d, folder, /d, .",
  })
  void eachCaseHasItsPlace(
      String source, boolean isFolder, String target, String there, String folder, String name) {
    assertEquals(new Placement(folder, name), place(source, isFolder, target, there));
  }

  @ParameterizedTest(name = "{0} to {2} ({3})")
  @CsvSource({
    "dir, true, /d/old, file, cannot copy directory",
    "dir/., true, /d/old, file, cannot copy directory",
    "f, false, /d/new/, none, no such directory",
    "f, false, /d/new/., none, no such directory",
    "f, false, /d/old/, file, not a directory",
  })
  void whatCannotBeIsSaid(
      String source, boolean isFolder, String target, String there, String message) {
    CommandFailure e =
        assertThrows(CommandFailure.class, () -> place(source, isFolder, target, there));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "web:/a, web, /a",
    "web:a, web, a",
    "web:, web, ''",
    "web:/a:b, web, /a:b",
    "./a:b, '', ./a:b",
    "/a:b, '', /a:b",
    "a, '', a",
    "-, '', -",
    "..:x, '', ..:x",
  })
  void aColonTellsTheContainerUnlessThePathIsLocal(String text, String container, String path) {
    CopyArgument argument = CopyArgument.parse(text);
    assertEquals(container, argument.container().orElse(""));
    assertEquals(path, argument.path());
  }
}
