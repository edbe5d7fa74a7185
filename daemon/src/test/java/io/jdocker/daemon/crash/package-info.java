/** Daemons killed at any moment, and what must be left of their containers: all. */
package io.jdocker.daemon.crash;
