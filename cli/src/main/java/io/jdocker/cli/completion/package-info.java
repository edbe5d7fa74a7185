/** Completion scripts for shells, made from the verbs' own tables. */
package io.jdocker.cli.completion;
