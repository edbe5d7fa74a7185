/**
 * What a container is meant to be, as records: given at its creation, kept as JSON, never changed.
 * {@link io.jdocker.runtime.spec.ContainerSpec} is the whole. Names and meanings are those of the
 * Docker Engine API.
 */
package io.jdocker.runtime.spec;
