package io.jdocker.runtime.stdio;

/** What becomes of a process' standard input when a client has no more to send. */
public enum StdinMode {
  /** The process has none (Docker's OpenStdin is false); what clients send is dropped. */
  NONE,
  /** It stays open for the next client, and the client's attachment ends (StdinOnce is false). */
  KEEP_OPEN,
  /** The process reads the end of file (StdinOnce is true, and every exec). */
  CLOSE_WITH_CLIENT
}
