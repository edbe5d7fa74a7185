/**
 * Containers for JUnit 5 tests, by an engine in the test's own process: {@link
 * io.jdocker.junit.Jdocker} on a class, and fields or parameters with {@link
 * io.jdocker.junit.ContainerFixture}, {@link io.jdocker.junit.NetworkFixture}, {@link
 * io.jdocker.junit.VolumeFixture} and {@link io.jdocker.junit.ImageFixture}.
 *
 * <p>What a static field holds is there for all tests of the class, what an instance field holds
 * for one test, a parameter for the method it is given to. Fields are filled images first, then
 * networks, volumes and containers, each kind by {@link org.junit.jupiter.api.Order}. Everything is
 * removed in the opposite order, and when the JVM dies, by {@code kill -9} too.
 *
 * <p>Tests may run in parallel, in threads and in JVMs. An instance that tests share ({@code
 * PER_CLASS}) while they run in parallel is the exception: they would overwrite its fields; use
 * parameters there.
 */
package io.jdocker.junit;
