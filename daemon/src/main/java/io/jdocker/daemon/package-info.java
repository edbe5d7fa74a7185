/** The Docker Engine API on a unix socket. */
package io.jdocker.daemon;
