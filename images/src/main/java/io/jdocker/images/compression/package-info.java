/** Compressions that archives and layers come in, told by their first bytes. */
package io.jdocker.images.compression;
