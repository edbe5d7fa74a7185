/** The verbs on networks. */
package io.jdocker.cli.network;
