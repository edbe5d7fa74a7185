package io.jdocker.images.tar;

/** The kinds of file a tar can hold. */
public enum TarType {
  FILE,
  HARD_LINK,
  SYMBOLIC_LINK,
  CHARACTER_DEVICE,
  BLOCK_DEVICE,
  DIRECTORY,
  FIFO
}
