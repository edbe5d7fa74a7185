/**
 * The Dockerfile instructions that change an image's configuration, as {@code import --change}
 * takes them.
 */
package io.jdocker.images.dockerfile;
