/**
 * Flags and help of the verbs. A verb declares one {@link io.jdocker.cli.option.FlagTable}; the
 * picocli model, the help text and the completion scripts are made from it.
 *
 * <p>picocli is used programmatically: reading annotations of 60 options costs 50 ms of start-up,
 * and its value converters 12 to 17 ms (java.sql, java.time), so every option is text to picocli
 * and is checked by {@link io.jdocker.cli.option.FlagValues}.
 */
package io.jdocker.cli.option;
