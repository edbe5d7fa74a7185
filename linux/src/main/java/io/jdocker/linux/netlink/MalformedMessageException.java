package io.jdocker.linux.netlink;

/** A netlink message whose lengths contradict each other; nothing of it is used. */
public final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedMessageException(String message) {
    super(message);
  }
}
