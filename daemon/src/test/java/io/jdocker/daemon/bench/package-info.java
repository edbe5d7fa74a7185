/**
 * The life of containers over the Docker Engine API, timed at jdocker's socket and at dockerd's by
 * the same client: scripts/bench run and scripts/bench scale.
 */
package io.jdocker.daemon.bench;
