/** How a network of each kind comes to be on the host, and how a container gets on it. */
package io.jdocker.network.driver;
