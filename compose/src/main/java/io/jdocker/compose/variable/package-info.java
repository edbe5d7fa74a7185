/** Variables: their values from files and the environment, and their places in texts. */
package io.jdocker.compose.variable;
