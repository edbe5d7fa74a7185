/** Figures of the running engine for Prometheus, in its text format 0.0.4. */
package io.jdocker.daemon.metrics;
