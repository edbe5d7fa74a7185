/** Signals of this process. */
package io.jdocker.linux.signal;
