/** The verbs on images. */
package io.jdocker.cli.image;
