package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files of a context are its Dockerfile and its ignore file. */
final class BuildContextTest {
  private final Kernel kernel = Kernel.load();
  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void makeContext() throws IOException {
    root = Files.createDirectories(folder.resolve("context"));
    Files.createDirectories(root.resolve("d"));
    Files.writeString(folder.resolve("outside"), "FROM outside");
  }

  private <T> T in(String dockerfile, Function<BuildContext, T> ask) {
    try (Fd fd =
        kernel.files().open(root.toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0)) {
      return ask.apply(new BuildContext(kernel, fd, dockerfile));
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), text);
  }

  @Test
  void theDockerfileIsCalledDockerfileUnlessNamed() throws Exception {
    write("dockerfile", "lower");
    assertEquals("lower", in("", BuildContext::dockerfile));
    write("Dockerfile", "upper");
    write("d/Other", "other");
    assertEquals("upper", in("", BuildContext::dockerfile));
    assertEquals("other", in("d/Other", BuildContext::dockerfile));
    assertEquals("lower", in("dockerfile", BuildContext::dockerfile));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Nope", "d/Nope", "Dockerfile/x", "../outside", "up/outside"})
  void oneThatIsNotThereIsNamed(String name) throws Exception {
    write("Dockerfile", "upper");
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> in(name, BuildContext::dockerfile));
    assertEquals("Cannot locate specified Dockerfile: " + name, e.getMessage());
  }

  @Test
  void aNameIsNotTakenInAnotherCase() throws Exception {
    write("other", "FROM x");
    assertThrows(InvalidArgument.class, () -> in("Other", BuildContext::dockerfile));
  }

  @Test
  void aLinkStaysInTheContext() throws Exception {
    write("real", "FROM real");
    Files.createSymbolicLink(root.resolve("Dockerfile"), Path.of("/real"));
    assertEquals("FROM real", in("", BuildContext::dockerfile));
    Files.createSymbolicLink(root.resolve("away"), folder.resolve("outside"));
    assertThrows(InvalidArgument.class, () -> in("away", BuildContext::dockerfile));
  }

  @Test
  void aFolderOrAHugeFileIsNone() throws Exception {
    write("huge", "#".repeat((4 << 20) + 1));
    write("large", "#".repeat(4 << 20));
    for (String name : new String[] {"d", "huge"}) {
      InvalidArgument e =
          assertThrows(InvalidArgument.class, () -> in(name, BuildContext::dockerfile));
      assertEquals(
          name + " of the build context is no regular file of at most 4 MiB", e.getMessage());
    }
    assertEquals(4 << 20, in("large", BuildContext::dockerfile).length());
  }

  @Test
  void withoutAnIgnoreFileNothingIsIgnored() {
    assertFalse(in("", BuildContext::ignored).excludes("a"));
  }

  @Test
  void theIgnoreFileBesideTheDockerfileWins() throws Exception {
    write(".dockerignore", "a\n");
    assertTrue(in("", BuildContext::ignored).excludes("a"));
    write("Dockerfile.dockerignore", "b\n");
    assertFalse(in("", BuildContext::ignored).excludes("a"));
    assertTrue(in("", BuildContext::ignored).excludes("b"));
    assertTrue(in("d/Other", BuildContext::ignored).excludes("a"));
    write("d/Other.dockerignore", "");
    assertFalse(in("d/Other", BuildContext::ignored).excludes("a"));
  }

  @Test
  void aMalformedIgnoreFileIsAnError() throws Exception {
    write(".dockerignore", "ok\n[\n");
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> in("", BuildContext::ignored));
    assertEquals("syntax error in pattern: [", e.getMessage());
  }
}
