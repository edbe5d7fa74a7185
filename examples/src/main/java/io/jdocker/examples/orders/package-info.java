/** A service as many are: orders in a relational database, a cache in front of it. */
package io.jdocker.examples.orders;
