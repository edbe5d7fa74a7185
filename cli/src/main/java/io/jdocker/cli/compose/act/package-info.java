/**
 * What is done to a project's containers, service by service, in the order they need each other.
 */
package io.jdocker.cli.compose.act;
