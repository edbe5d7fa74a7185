/**
 * Unpacks one layer into a folder in the form overlayfs reads. The archive is hostile until proved
 * otherwise: each path is resolved below an open root folder (openat2(2)), never as a string on the
 * host.
 */
package io.jdocker.images.unpack;
