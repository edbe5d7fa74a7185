/**
 * What each layer brings, written down while it is unpacked: to explain an image at once, and to
 * find and mend files that a disk has lost.
 */
package io.jdocker.images.inventory;
