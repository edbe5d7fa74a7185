/**
 * What a container has changed, read from the writable folder of its overlay alone: as many files
 * are looked at as were changed, however large the image is.
 */
package io.jdocker.images.change;
