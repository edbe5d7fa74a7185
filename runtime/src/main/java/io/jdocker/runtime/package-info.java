/** The container and its life; the engine as a Java library. */
package io.jdocker.runtime;
