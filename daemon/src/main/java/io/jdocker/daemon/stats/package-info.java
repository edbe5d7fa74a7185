/** What containers use, as {@code docker stats} wants it: one document a second. */
package io.jdocker.daemon.stats;
