package io.jdocker.runtime.container;

import io.jdocker.cgroups.Limits;
import io.jdocker.runtime.spec.RestartPolicy;
import java.util.Optional;

/**
 * What is to change of a container.
 *
 * @param limits 0 or empty: left as it is
 * @param restart empty: left as it is
 */
public record ContainerUpdate(Limits limits, Optional<RestartPolicy> restart) {}
