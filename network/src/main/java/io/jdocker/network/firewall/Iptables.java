package io.jdocker.network.firewall;

/** The programs of the iptables package, in the network namespace of the calling thread. */
interface Iptables {
  /**
   * Starts a program and leaves it running.
   *
   * @throws io.jdocker.linux.failure.Unavailable where it is not installed
   */
  Process start(String program, String... arguments);

  /**
   * Runs a program to its end; its output.
   *
   * @throws io.jdocker.linux.failure.SystemFailure with its words when it fails
   */
  String run(String input, String program, String... arguments);
}
