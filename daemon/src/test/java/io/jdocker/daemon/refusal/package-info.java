/** What create refuses, by a table that docker and jdocker are both held to. */
package io.jdocker.daemon.refusal;
