/** {@code jdocker compose}: projects of several containers, carried out as a client of the API. */
package io.jdocker.cli.compose;
