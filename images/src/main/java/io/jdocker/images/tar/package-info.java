/**
 * Reads tar archives: ustar, PAX and GNU, sparse files, binary extended attributes. Own code
 * because commons-compress decodes PAX values as UTF-8, which destroys {@code security.capability}.
 */
package io.jdocker.images.tar;
