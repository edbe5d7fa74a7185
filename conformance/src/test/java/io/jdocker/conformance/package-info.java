/** Java clients of Docker, as Maven Central has them, against a daemon of their own. */
package io.jdocker.conformance;
