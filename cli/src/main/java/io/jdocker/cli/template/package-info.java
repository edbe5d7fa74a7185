/**
 * Go's text/template language, as docker's {@code --format} offers it: actions, pipelines,
 * variables, if/range/with/define, Go's builtin functions and docker's (json, join, table padding).
 *
 * <p>Values are null, Boolean, Long, Double, String, List, Map (printed as Go prints a map) and
 * {@link io.jdocker.cli.template.GoStruct} (a record whose fields are looked up by name).
 */
package io.jdocker.cli.template;
