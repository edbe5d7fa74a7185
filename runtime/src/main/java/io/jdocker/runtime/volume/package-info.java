/** Named folders that outlive containers: the {@code local} volume driver without options. */
package io.jdocker.runtime.volume;
