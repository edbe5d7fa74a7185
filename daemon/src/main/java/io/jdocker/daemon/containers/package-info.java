/**
 * The API's endpoints for containers: each reads its request, asks {@code io.jdocker.runtime}, and
 * writes Docker's document. What of a request jdocker has no feature for is refused, never dropped.
 */
package io.jdocker.daemon.containers;
