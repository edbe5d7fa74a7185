/**
 * What a daemon is told at its start and while it runs: its flags, daemon.json, and what of both
 * may change with a SIGHUP.
 */
package io.jdocker.daemon.config;
