package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories as getdents64(2) gives them. */
final class DirectoryCallsTest {
  private final Kernel kernel = Kernel.load();
  @TempDir Path dir;

  private List<String> names() {
    try (Fd folder =
        kernel.files().open(dir.toString(), OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0)) {
      return kernel.directories().names(folder);
    }
  }

  @Test
  void anEmptyFolderHasNoNames() {
    assertEquals(List.of(), names());
  }

  @Test
  void everyKindOfNameIsListedInOrder() throws IOException {
    List<String> wanted = new ArrayList<>(List.of("-x", ".hidden", "...", " ", "a\nb", "A", "a"));
    for (String name : wanted) {
      Files.writeString(dir.resolve(name), "");
    }
    Files.createDirectory(dir.resolve("folder"));
    kernel.files().symbolicLink("nowhere", FileCalls.AT_FDCWD, dir + "/日本");
    wanted.add("folder");
    wanted.add("日本");
    wanted.sort(null);
    assertEquals(wanted, names());
  }

  @Test
  void moreNamesThanABufferHolds() throws IOException {
    for (int i = 0; i < 2000; i++) {
      Files.writeString(dir.resolve("a-name-of-some-length-" + i), "");
    }
    assertEquals(2000, names().size());
    assertEquals(2000, names().stream().distinct().count());
  }

  @Test
  void aNameThatIsNoTextIsSaidToBeSo() throws Exception {
    Process touch =
        new ProcessBuilder("sh", "-c", "touch \"$(printf 'b\\344d')\"")
            .directory(dir.toFile())
            .start();
    assertEquals(0, touch.waitFor());
    Unsupported e = assertThrows(Unsupported.class, this::names);
    assertTrue(e.getMessage().contains("is not UTF-8"), e.getMessage());
    assertEquals(
        0, new ProcessBuilder("sh", "-c", "rm b*").directory(dir.toFile()).start().waitFor());
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Path file = Files.writeString(dir.resolve("f"), "");
    try (Fd open = kernel.files().open(file.toString(), OpenFlags.O_RDONLY, 0)) {
      SyscallException e =
          assertThrows(SyscallException.class, () -> kernel.directories().names(open));
      assertTrue(e.is(Errno.ENOTDIR), e.getMessage());
    }
  }
}
