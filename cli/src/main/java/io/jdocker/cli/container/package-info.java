/** The verbs on containers. */
package io.jdocker.cli.container;
