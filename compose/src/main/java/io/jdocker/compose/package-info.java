/**
 * The Compose model for one host: files are read with their positions, variables filled in, files
 * merged, short forms made long, checked, and made into records. Nothing here talks to an engine.
 */
package io.jdocker.compose;
