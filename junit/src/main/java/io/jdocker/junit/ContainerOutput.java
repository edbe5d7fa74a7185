package io.jdocker.junit;

/** What a container wrote before a test failed: evidence that goes with a failure, no failure. */
final class ContainerOutput extends Exception {
  private static final long serialVersionUID = 1L;

  ContainerOutput(String message) {
    // It was thrown nowhere: a stack trace would only push the message out of sight.
    super(message, null, false, false);
  }
}
