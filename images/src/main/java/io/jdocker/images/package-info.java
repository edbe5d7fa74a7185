/** References, content store, layers, archives, overlay snapshots. */
package io.jdocker.images;
