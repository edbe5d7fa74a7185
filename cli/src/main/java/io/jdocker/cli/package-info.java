/** The jdocker command: a client of the Docker Engine API. */
package io.jdocker.cli;
