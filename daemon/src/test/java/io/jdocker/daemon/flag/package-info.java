/** Each flag of run, by what a container feels of it. */
package io.jdocker.daemon.flag;
