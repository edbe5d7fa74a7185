/** The state files: one JSON document per network and per sandbox, to be read with cat. */
package io.jdocker.network.state;
