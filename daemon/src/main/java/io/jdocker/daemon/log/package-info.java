/** What the daemon writes to its standard error: a line a record, as text or as JSON. */
package io.jdocker.daemon.log;
