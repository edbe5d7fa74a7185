/** What {@code scripts/bench junit} runs: the same tests on jdocker-junit and on Testcontainers. */
package io.jdocker.conformance.bench;
