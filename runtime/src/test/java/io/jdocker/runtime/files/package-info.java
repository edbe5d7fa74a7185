/** The files of containers from outside: cp, diff, export and commit, on the real kernel. */
package io.jdocker.runtime.files;
