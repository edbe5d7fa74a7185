package io.jdocker.runtime.stdio;

import java.nio.file.Path;

/**
 * Where the next output of a run goes.
 *
 * @param length the log's, in bytes, before that output
 * @param sequence a number that this output alone has
 */
public record LogPosition(Path log, long length, long sequence) {}
