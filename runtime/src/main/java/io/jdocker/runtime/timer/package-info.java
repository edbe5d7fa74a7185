/** Waiting without a thread of one's own, and by a clock that tests can set. */
package io.jdocker.runtime.timer;
