package io.jdocker.examples.orders;

/**
 * An order.
 *
 * @param cents what it costs
 */
public record Order(long id, String customer, long cents) {}
