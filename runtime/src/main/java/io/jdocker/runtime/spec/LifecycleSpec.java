package io.jdocker.runtime.spec;

import java.util.Optional;

/**
 * How a container ends.
 *
 * @param autoRemove it is removed when it has ended (--rm)
 * @param stopSignal name or number; empty: the image's, or SIGTERM
 * @param stopTimeout seconds between the stop signal and SIGKILL; empty: 10; -1: no limit
 * @param init a first process that reaps and forwards signals runs in front of the command
 */
public record LifecycleSpec(
    boolean autoRemove, String stopSignal, Optional<Integer> stopTimeout, boolean init) {}
