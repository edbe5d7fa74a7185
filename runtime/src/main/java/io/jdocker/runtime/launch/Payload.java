package io.jdocker.runtime.launch;

import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Step;
import java.util.List;
import java.util.Optional;

/**
 * A compiled process.
 *
 * @param terminal the step whose result is the pty master; empty without a terminal
 * @param beforeClone what its keeper does before it is cloned
 * @param cloneFlags the namespaces it is cloned into, CLONE_NEW*
 */
public record Payload(
    LaunchProgram program, Optional<Step> terminal, List<Step> beforeClone, long cloneFlags) {}
