/**
 * Capabilities: the parts that root's power is split into, and who gets which.
 *
 * <p>{@link io.jdocker.linux.capability.CapabilityPolicy} turns {@code --cap-add} and {@code
 * --cap-drop} into a {@link io.jdocker.linux.capability.CapabilitySet}; {@link
 * io.jdocker.linux.capability.CapabilityGrant} lays that set out for capset(2) and prctl(2), as the
 * launch program needs it. See capabilities(7).
 */
package io.jdocker.linux.capability;
