/** The streams of a container at the client's end: frames, keyboard, signals. */
package io.jdocker.cli.stream;
