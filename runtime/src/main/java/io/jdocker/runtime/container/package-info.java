/** The container: its state, the verbs that change it, and what is kept of it on disk. */
package io.jdocker.runtime.container;
