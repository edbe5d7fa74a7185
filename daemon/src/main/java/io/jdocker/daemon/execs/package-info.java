/** The API's endpoints for exec: further processes in a running container. */
package io.jdocker.daemon.execs;
