/** The API's endpoints about the engine as a whole: ping, version, info, events, disk usage. */
package io.jdocker.daemon.system;
