/** What integration tests of the engine stand on. */
package io.jdocker.runtime.testing;
