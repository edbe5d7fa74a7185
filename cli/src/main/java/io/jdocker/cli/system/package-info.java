/** The verbs on the engine itself. */
package io.jdocker.cli.system;
