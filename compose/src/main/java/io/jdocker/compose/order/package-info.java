/** Which service waits for which. */
package io.jdocker.compose.order;
