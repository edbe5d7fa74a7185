package io.jdocker.linux.launch;

import java.util.List;

/**
 * A launch that reached its execve.
 *
 * @param results what each step that was made answered, in the order of time
 */
public record Launched(int keeperPid, int payloadPid, List<StepResult> results) {}
