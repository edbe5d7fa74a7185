package io.jdocker.cli.transcript;

import java.util.List;

/**
 * What came of a command line.
 *
 * @param requests what the engine was asked, in order: see {@link Wire}
 */
record Said(int code, String out, String err, List<String> requests) {}
