/** Docker's stream formats: frames for two outputs on one connection, and hijacked attaching. */
package io.jdocker.daemon.stream;
