/** The verbs on volumes. */
package io.jdocker.cli.volume;
