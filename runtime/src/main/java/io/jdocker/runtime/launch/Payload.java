package io.jdocker.runtime.launch;

import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Step;
import java.util.Optional;

/**
 * A compiled process.
 *
 * @param terminal the step whose result is the pty master; empty without a terminal
 */
public record Payload(LaunchProgram program, Optional<Step> terminal) {}
