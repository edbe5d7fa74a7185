/** Namespaces that containers share with the host and with each other, seen from the inside. */
package io.jdocker.runtime.namespace;
