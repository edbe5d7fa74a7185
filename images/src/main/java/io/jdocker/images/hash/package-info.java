/** SHA-256 at the speed of the machine. */
package io.jdocker.images.hash;
