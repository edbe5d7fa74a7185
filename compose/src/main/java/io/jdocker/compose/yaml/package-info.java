/** YAML as a tree that knows where in which file each value stands. */
package io.jdocker.compose.yaml;
