/** The start of a container beside a C program that makes the same calls: scripts/bench launch. */
package io.jdocker.runtime.bench;
