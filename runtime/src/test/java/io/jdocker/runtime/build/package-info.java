/** Builds from Dockerfiles, whole, on the real kernel and without a network. */
package io.jdocker.runtime.build;
