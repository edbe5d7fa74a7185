/** Containers with a user namespace of their own. */
package io.jdocker.runtime.userns;
