/** Test classes as users write them; the tests of the extension run them. */
package io.jdocker.junit.samples;
