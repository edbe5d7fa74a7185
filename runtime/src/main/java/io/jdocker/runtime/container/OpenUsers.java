package io.jdocker.runtime.container;

import io.jdocker.linux.Fd;
import io.jdocker.runtime.launch.UserPlan;
import java.util.Optional;

/**
 * A user namespace that was made for one start.
 *
 * @param namespace it itself
 * @param network a network namespace that belongs to it, where the container is to have its own
 */
record OpenUsers(UserPlan plan, Fd namespace, Optional<Fd> network) {}
