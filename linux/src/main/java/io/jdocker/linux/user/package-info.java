/** Users of a user namespace and of its parent, see user_namespaces(7) and subuid(5). */
package io.jdocker.linux.user;
