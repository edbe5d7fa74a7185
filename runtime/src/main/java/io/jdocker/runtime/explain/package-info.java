/**
 * Shows what was done to the kernel for a container: as a story to read, as JSON, as a shell script
 * that does the same by hand, and as it happens. The trace itself is written by those who act, see
 * {@link io.jdocker.linux.trace.Trace}.
 */
package io.jdocker.runtime.explain;
