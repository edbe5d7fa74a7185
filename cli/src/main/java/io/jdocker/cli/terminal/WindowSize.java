package io.jdocker.cli.terminal;

/** The size of a terminal in character cells. */
public record WindowSize(int rows, int columns) {}
