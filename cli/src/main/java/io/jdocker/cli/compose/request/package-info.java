/** The documents that make a service's containers, and a project's networks and volumes. */
package io.jdocker.cli.compose.request;
