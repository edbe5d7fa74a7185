/** Fixtures for tests on the real kernel; other modules use them as a test-jar. */
package io.jdocker.linux.testing;
