/**
 * The health of containers: what probes have shown so far, and when the next one is due. {@link
 * io.jdocker.runtime.health.Health} has the rules and knows neither time nor processes.
 */
package io.jdocker.runtime.health;
