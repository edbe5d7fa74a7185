/** The API's endpoints for images. */
package io.jdocker.daemon.images;
