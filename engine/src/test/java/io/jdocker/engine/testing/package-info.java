/** What tests of the library, and of what is built on it, start from. */
package io.jdocker.engine.testing;
