package io.jdocker.daemon.http;

import java.time.Duration;

/**
 * What one client, or all of them, may ask of the daemon.
 *
 * @param lineBytes longest request or header line; compose sends filters of several KB in the path
 * @param headers most header lines in a request
 * @param documentBytes longest JSON body; image and archive bodies are streamed and have no limit
 * @param connections most open at once; beyond it the longest idle one is closed
 * @param requestTime how long the head of a request, or its JSON body, may take to arrive
 */
public record HttpLimits(
    int lineBytes, int headers, int documentBytes, int connections, Duration requestTime) {

  /** Far above what any known client sends. */
  public static HttpLimits standard() {
    return new HttpLimits(64 << 10, 128, 4 << 20, 1000, Duration.ofSeconds(30));
  }
}
