/** What streams of bytes have in common: read in blocks, and looked at while they pass. */
package io.jdocker.images.stream;
