/** What is known of the machine that the daemon runs on. */
package io.jdocker.daemon.host;
