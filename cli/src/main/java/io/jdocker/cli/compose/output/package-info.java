/** What the user sees: progress, and the logs of several containers at once. */
package io.jdocker.cli.compose.output;
