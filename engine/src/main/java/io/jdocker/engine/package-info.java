/**
 * The container engine as a Java library: the very engine that the daemon runs, in this process,
 * with no HTTP, no socket and no second process between. {@link
 * io.jdocker.engine.ContainerEngine#open} is where to begin.
 *
 * <p>This package is the stable part: requests are builders, answers are records, running things
 * are handles. Nothing of the modules behind it appears here, save the errors: whatever goes wrong
 * is an {@link io.jdocker.linux.failure.EngineException} of the kind that says whose fault it was.
 *
 * <p>Every type here may be used by several threads at once, save builders. A call that waits may
 * be interrupted: it then ends with an {@link io.jdocker.linux.failure.Unavailable}, and the
 * thread's interrupt status is set.
 */
package io.jdocker.engine;
