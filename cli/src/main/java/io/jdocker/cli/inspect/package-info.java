/** {@code inspect} of every kind of object. */
package io.jdocker.cli.inspect;
