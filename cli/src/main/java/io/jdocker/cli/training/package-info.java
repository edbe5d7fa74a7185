/** Typical commands against a daemon that is none, to learn which classes the command needs. */
package io.jdocker.cli.training;
