/**
 * Images: references, the content store, archives in and out, and the overlay snapshots containers
 * run on. {@link io.jdocker.images.ImageStore} is the entry.
 */
package io.jdocker.images;
