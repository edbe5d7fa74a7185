package io.jdocker.runtime.stdio;

import java.nio.file.Path;

/**
 * Where the next output of a run goes.
 *
 * @param length the log's, in bytes, before that output
 * @param sequence a number that this output alone has
 * @param inode of the file at present, which may get another name while the output is written
 */
public record LogPosition(Path log, long length, long sequence, long inode) {}
