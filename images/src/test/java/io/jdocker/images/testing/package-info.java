/** Images for tests, made from Debian's busybox-static. Other modules' tests use them. */
package io.jdocker.images.testing;
