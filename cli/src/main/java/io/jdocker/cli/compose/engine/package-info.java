/** What of a project is in the engine: containers, networks and volumes by their labels. */
package io.jdocker.cli.compose.engine;
