/**
 * Namespaces entered by threads. A namespace is a property of a thread, so every change happens on
 * a platform thread made for it, which ends afterwards: a pooled thread would carry it along.
 */
package io.jdocker.linux.namespace;
