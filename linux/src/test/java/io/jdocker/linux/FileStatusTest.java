package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileStatusTest {
  @ParameterizedTest
  @CsvSource({
    "1, 3, 0x103",
    "8, 1, 0x801",
    "259, 0, 0x10300",
    "8, 256, 0x100800",
    "4095, 255, 0xfffff",
    "4096, 0, 0x100000000000"
  })
  void deviceNumbersAreEncodedAsGlibcDoesAndReadBack(long major, long minor, String device) {
    long number = FileStatus.makeDevice(major, minor);
    assertEquals(Long.decode(device), number);
    assertEquals(major, FileStatus.major(number));
    assertEquals(minor, FileStatus.minor(number));
  }

  @Test
  void theLargestNumbersTheKernelHasComeBack() {
    long number = FileStatus.makeDevice(0xffffffffL, 0xffffffffL);
    assertEquals(-1L, number);
    assertEquals(0xffffffffL, FileStatus.major(number));
    assertEquals(0xffffffffL, FileStatus.minor(number));
  }

  @Test
  void theTypeIsApartFromThePermissions() {
    FileStatus folder = withMode(FileStatus.S_IFDIR | 01777);
    assertTrue(folder.isDirectory());
    assertFalse(folder.isRegular());
    assertFalse(folder.isSymbolicLink());
    assertEquals(01777, folder.permissions());
    assertTrue(withMode(FileStatus.S_IFREG | 0644).isRegular());
    assertTrue(withMode(FileStatus.S_IFLNK | 0777).isSymbolicLink());
  }

  /** S_IFBLK has the bits of S_IFDIR and S_IFCHR: a test of single bits would be wrong. */
  @Test
  void aBlockDeviceIsNoFolderAndASocketNoFileNorLink() {
    assertFalse(withMode(FileStatus.S_IFBLK | 0660).isDirectory());
    assertFalse(withMode(FileStatus.S_IFSOCK | 0777).isRegular());
    assertFalse(withMode(FileStatus.S_IFSOCK | 0777).isSymbolicLink());
  }

  private static FileStatus withMode(int mode) {
    return new FileStatus(mode, 0, 0, 0, 1, 1, 0, 0, 0, 0);
  }
}
