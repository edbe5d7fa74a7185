/** One thread that waits on many descriptors: what the relay and the name server run on. */
package io.jdocker.network.poll;
