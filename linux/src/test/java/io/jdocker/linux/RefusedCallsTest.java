package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernel refuses reads like a line of strace(1), whichever call it was. */
final class RefusedCallsTest {
  private static final int CWD = FileCalls.AT_FDCWD;

  private final Kernel kernel = Kernel.load();
  @TempDir Path dir;

  /** A call on a folder with a file, a folder that is not empty, and a link to nowhere in it. */
  @FunctionalInterface
  private interface Call {
    void make(Kernel kernel, String dir);
  }

  private record Refusal(String message, Call call) {
    @Override
    public String toString() {
      return message;
    }
  }

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(dir.resolve("file"), "content");
    Files.createDirectories(dir.resolve("folder/inner"));
    Files.createSymbolicLink(dir.resolve("dangling"), Path.of("nowhere"));
  }

  private static Refusal refusal(String message, Call call) {
    return new Refusal(message, call);
  }

  static Stream<Refusal> refusals() {
    return Stream.concat(makers(), changers());
  }

  private static Stream<Refusal> makers() {
    return Stream.of(
        refusal(
            "openat2(AT_FDCWD, \"DIR/none\", flags=00): ENOENT (No such file or directory)",
            (k, d) -> k.files().open(d + "/none", OpenFlags.O_RDONLY, 0)),
        refusal(
            "openat2(AT_FDCWD, \"DIR/folder\", flags=01): EISDIR (Is a directory)",
            (k, d) -> k.files().open(d + "/folder", OpenFlags.O_WRONLY, 0)),
        refusal(
            "openat2(AT_FDCWD, \"DIR/file\", flags=0200000): ENOTDIR (Not a directory)",
            (k, d) -> k.files().open(d + "/file", OpenFlags.O_DIRECTORY, 0)),
        refusal(
            "openat2(AT_FDCWD, \"DIR/file\", flags=0301): EEXIST (File exists)",
            (k, d) ->
                k.files()
                    .open(
                        d + "/file",
                        OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_EXCL,
                        0600)),
        refusal(
            "openat2(77777, \"file\", flags=00): EBADF (Bad file descriptor)",
            (k, d) -> k.files().open(77777, "file", OpenFlags.O_RDONLY, 0, 0)),
        refusal(
            "mkdirat(AT_FDCWD, \"DIR/file/x\", 0755): ENOTDIR (Not a directory)",
            (k, d) -> k.files().makeDirectory(CWD, d + "/file/x", 0755)),
        refusal(
            "mkdirat(AT_FDCWD, \"DIR/folder\", 0700): EEXIST (File exists)",
            (k, d) -> k.files().makeDirectory(CWD, d + "/folder", 0700)),
        refusal(
            "mknodat(AT_FDCWD, \"DIR/file\", 010600): EEXIST (File exists)",
            (k, d) -> k.files().makeNode(CWD, d + "/file", FileStatus.S_IFIFO | 0600, 0)),
        refusal(
            "symlinkat(\"target\", AT_FDCWD, \"DIR/file\"): EEXIST (File exists)",
            (k, d) -> k.files().symbolicLink("target", CWD, d + "/file")),
        refusal(
            "symlinkat(\"\", AT_FDCWD, \"DIR/x\"): ENOENT (No such file or directory)",
            (k, d) -> k.files().symbolicLink("", CWD, d + "/x")),
        refusal(
            "linkat(AT_FDCWD, \"DIR/folder\", AT_FDCWD, \"DIR/x\"): EPERM (Operation not"
                + " permitted)",
            (k, d) -> k.files().link(CWD, d + "/folder", CWD, d + "/x", 0)),
        refusal(
            "memfd_create(\"" + "n".repeat(250) + "\"): EINVAL (Invalid argument)",
            (k, d) -> k.files().sealedMemory("n".repeat(250), new byte[0])));
  }

  private static Stream<Refusal> changers() {
    return Stream.of(
        refusal(
            "unlinkat(AT_FDCWD, \"DIR/folder\"): ENOTEMPTY (Directory not empty)",
            (k, d) -> k.files().unlink(CWD, d + "/folder", FileCalls.AT_REMOVEDIR)),
        refusal(
            "unlinkat(AT_FDCWD, \"DIR/file\"): ENOTDIR (Not a directory)",
            (k, d) -> k.files().unlink(CWD, d + "/file", FileCalls.AT_REMOVEDIR)),
        refusal(
            "renameat2(AT_FDCWD, \"DIR/folder\", AT_FDCWD, \"DIR/folder/inner/x\"): EINVAL"
                + " (Invalid argument)",
            (k, d) -> k.files().rename(CWD, d + "/folder", CWD, d + "/folder/inner/x")),
        refusal(
            "renameat2(AT_FDCWD, \"DIR/file\", AT_FDCWD, \"DIR/folder\"): EISDIR (Is a"
                + " directory)",
            (k, d) -> k.files().rename(CWD, d + "/file", CWD, d + "/folder")),
        refusal(
            "readlinkat(AT_FDCWD, \"DIR/file\"): EINVAL (Invalid argument)",
            (k, d) -> k.files().readLink(CWD, d + "/file")),
        refusal(
            "statx(AT_FDCWD, \"DIR/dangling\"): ENOENT (No such file or directory)",
            (k, d) -> k.files().status(CWD, d + "/dangling", 0)),
        refusal(
            "fchownat(AT_FDCWD, \"DIR/none\", 1, 2): ENOENT (No such file or directory)",
            (k, d) -> k.files().changeOwner(CWD, d + "/none", 1, 2, 0)),
        refusal(
            "fchmodat(AT_FDCWD, \"DIR/dangling\", 0600): ENOENT (No such file or directory)",
            (k, d) -> k.files().changeMode(CWD, d + "/dangling", 0600)),
        refusal(
            "utimensat(AT_FDCWD, \"DIR/none\"): ENOENT (No such file or directory)",
            (k, d) -> k.files().setTime(CWD, d + "/none", 1, 2, 0)),
        refusal(
            "utimensat(AT_FDCWD, \"DIR/file\"): EINVAL (Invalid argument)",
            (k, d) -> k.files().setTime(CWD, d + "/file", 1, 1_000_000_000, 0)),
        refusal(
            "lsetxattr(\"DIR/file\", \"nonsense\", 1 bytes): ENOTSUP (Operation not supported)",
            (k, d) -> k.files().setAttribute(d + "/file", "nonsense", new byte[1])));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void aRefusedCallIsToldWithItsOperands(Refusal refusal) {
    SyscallException e =
        assertThrows(SyscallException.class, () -> refusal.call().make(kernel, dir.toString()));
    String told = e.getMessage().replace(dir.toString(), "DIR");
    // Only how the errno is put into words differs between versions of the constants.
    assertEquals(upToWords(refusal.message()), upToWords(told));
    assertTrue(told.endsWith(")"), told);
  }

  private static String upToWords(String message) {
    return message.substring(0, message.lastIndexOf(" ("));
  }

  @ParameterizedTest
  @CsvSource({
    "1,   EPERM (Operation not permitted)",
    "2,   ENOENT (No such file or directory)",
    "11,  EAGAIN (Resource temporarily unavailable)",
    "12,  ENOMEM (Cannot allocate memory)",
    "24,  EMFILE (Too many open files)",
    "28,  ENOSPC (No space left on device)",
    "38,  ENOSYS (Function not implemented)",
    "40,  ELOOP (Too many levels of symbolic links)",
    "98,  EADDRINUSE (Address already in use)",
    "110, ETIMEDOUT (Connection timed out)",
    "4095, errno 4095"
  })
  void anErrnoHasItsNameAndItsWords(int errno, String words) {
    assertEquals(words, SyscallException.describe(errno));
  }

  @Test
  void anInterruptedCallIsMadeAgain() {
    int[] interruptions = {3};
    Kernel interrupted =
        Kernel.load(
            libc ->
                new LibC() {
                  @Override
                  public long syscall(long number, long a, long b, long c, long d, long e, long f) {
                    if (interruptions[0] > 0) {
                      interruptions[0]--;
                      jnr.ffi.LastError.setLastError(
                          jnr.ffi.Runtime.getRuntime(libc), Errno.EINTR.intValue());
                      return -1;
                    }
                    return libc.syscall(number, a, b, c, d, e, f);
                  }

                  @Override
                  public long clone(long function, long stack, long flags, long argument) {
                    return libc.clone(function, stack, flags, argument);
                  }
                });
    assertEquals(ProcessHandle.current().pid(), interrupted.processes().pid());
    assertEquals(0, interruptions[0]);
  }

  @Test
  void anInterruptedCloseIsNotMadeAgain() {
    int[] closes = {0};
    Kernel counting =
        Kernel.load(
            libc ->
                new LibC() {
                  @Override
                  public long syscall(long number, long a, long b, long c, long d, long e, long f) {
                    if (number == Sys.CLOSE.number(Architecture.current())) {
                      closes[0]++;
                      jnr.ffi.LastError.setLastError(
                          jnr.ffi.Runtime.getRuntime(libc), Errno.EINTR.intValue());
                      return -1;
                    }
                    return libc.syscall(number, a, b, c, d, e, f);
                  }

                  @Override
                  public long clone(long function, long stack, long flags, long argument) {
                    return libc.clone(function, stack, flags, argument);
                  }
                });
    Fd fd = counting.files().open("/dev/null", OpenFlags.O_RDONLY, 0);
    int number = fd.number();
    fd.close();
    assertEquals(1, closes[0]);
    new Fd(kernel, number).close();
  }
}
