/** When a container that has ended is started again: the rules alone, without doing it. */
package io.jdocker.runtime.restart;
