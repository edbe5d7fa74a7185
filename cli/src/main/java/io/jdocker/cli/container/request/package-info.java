/** From the flags of {@code run} and {@code create} to the document that asks for a container. */
package io.jdocker.cli.container.request;
