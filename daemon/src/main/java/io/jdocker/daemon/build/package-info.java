/** Builds, in the protocol of Docker's classic builder (the API's version 1). */
package io.jdocker.daemon.build;
