package io.jdocker.linux.testing.fault;

/**
 * Something that an engine is about to do to the machine.
 *
 * @param call the system call's name, for files by the JDK too
 * @param what on what: a path, where there is one
 * @param thread the name of the thread
 */
public record Effect(String call, String what, String thread) {
  @Override
  public String toString() {
    return call + "(" + what + ")";
  }
}
