/** Network namespaces of containers: made ahead of need, pinned, named, removed. */
package io.jdocker.network.namespace;
