package io.jdocker.images;

import java.nio.file.Path;

/** A blob written to tmp/, with what its content turned out to be. */
record StagedBlob(Path file, Digest digest, long size) {}
