package io.jdocker.linux.launch;

import java.util.List;

/** A launch that reached its execve. */
public record Launched(int keeperPid, int payloadPid, List<StepResult> results) {}
