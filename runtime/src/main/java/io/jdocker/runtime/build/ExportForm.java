package io.jdocker.runtime.build;

/** What a build gives away instead of keeping an image. */
public enum ExportForm {
  /** A tar of the files of the last stage. */
  ROOTFS,

  /** A docker-archive that is an OCI layout, too. */
  ARCHIVE
}
