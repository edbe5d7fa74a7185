/** What happens in an engine, told to whoever listens and to whoever asks shortly after. */
package io.jdocker.runtime.event;
