package io.jdocker.images.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths below a folder that is taken for the root. */
final class TreeRootTest {
  private final Kernel kernel = Kernel.load();
  @TempDir Path dir;
  private Fd folder;
  private TreeRoot root;

  @BeforeEach
  void makeTree() throws IOException {
    Path top = Files.createDirectories(dir.resolve("root"));
    Files.writeString(dir.resolve("outside"), "secret");
    Files.createDirectories(top.resolve("usr/bin"));
    Files.createDirectories(top.resolve("etc"));
    Files.writeString(top.resolve("usr/bin/x"), "program");
    link(top, "bin", "usr/bin");
    link(top, "abs", "/usr/bin");
    link(top, "up", "../../../../../../etc");
    link(top, "usr/bin/y", "../bin/x");
    link(top, "chain", "abs/y");
    link(top, "loop", "loop2");
    link(top, "loop2", "loop");
    link(top, "host", dir.resolve("outside").toString());
    link(top, "proc", "/proc/self/root");
    folder = kernel.files().open(top.toString(), OpenFlags.O_PATH | OpenFlags.O_DIRECTORY, 0);
    root = new TreeRoot(kernel, folder);
  }

  private static void link(Path top, String name, String target) throws IOException {
    Files.createSymbolicLink(top.resolve(name), Path.of(target));
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "'', /",
    "usr//bin/./x, /usr/bin/x",
    "/bin/x, /usr/bin/x",
    "/abs/x, /usr/bin/x",
    "/chain, /usr/bin/x",
    "/up, /etc",
    "/up/new/file, /etc/new/file",
    "/../../etc, /etc",
    "/abs/../lib, /usr/lib",
    "/nothing/../etc, /etc",
  })
  void aPathIsShownWithoutItsLinks(String path, String expected) {
    assertEquals(expected, root.resolve(path));
  }

  @Test
  void aLoopOfLinksEnds() {
    assertTrue(root.resolve("/loop/x").endsWith("/x"));
    SyscallException e = assertThrows(SyscallException.class, () -> root.open("/loop"));
    assertTrue(e.is(Errno.ELOOP), e.getMessage());
    assertTrue(root.find("/loop").isEmpty());
  }

  @Test
  void linksLeadInside() {
    assertTrue(root.find("/chain").filter(FileStatus::isRegular).isPresent());
    assertTrue(root.find("/host").isEmpty(), "the host's file was found");
    assertTrue(root.find("../outside").isEmpty(), "the host's file was found");
    assertTrue(root.find("/up").filter(FileStatus::isDirectory).isPresent());
  }

  @Test
  void foldersAreMadeBehindLinksToo() throws IOException {
    root.makeFolders("/abs/deep/er").close();
    assertTrue(Files.isDirectory(dir.resolve("root/usr/bin/deep/er")));
    root.makeFolders("/up/made").close();
    assertTrue(Files.isDirectory(dir.resolve("root/etc/made")));
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> root.makeFolders("/usr/bin/x/below"));
    assertTrue(e.getMessage().contains("not a folder"), e.getMessage());
  }

  @Test
  void filesAreMadeOnceAndEmpty() throws IOException {
    root.makeFile("/new/place/f").close();
    assertEquals(0, Files.size(dir.resolve("root/new/place/f")));
    root.makeFile("/bin/x").close();
    assertEquals("program", Files.readString(dir.resolve("root/usr/bin/x")));
  }
}
