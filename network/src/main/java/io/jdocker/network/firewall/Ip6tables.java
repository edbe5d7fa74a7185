package io.jdocker.network.firewall;

/** The same programs for IPv6: their names begin with ip6tables. */
final class Ip6tables implements Iptables {
  private final Iptables programs;

  Ip6tables(Iptables programs) {
    this.programs = programs;
  }

  @Override
  public Process start(String program, String... arguments) {
    return programs.start(forIpv6(program), arguments);
  }

  @Override
  public String run(String input, String program, String... arguments) {
    return programs.run(input, forIpv6(program), arguments);
  }

  private static String forIpv6(String program) {
    return program.replaceFirst("^iptables", "ip6tables");
  }
}
