package io.jdocker.daemon.crash;

import java.util.List;

/** What a container of the load does. Each counts on its standard output, from 1, without a gap. */
enum Kind {
  COUNTER(Kind.FOREVER),
  /** Behind a published port. */
  SERVER("httpd -p 80 -h /www; " + Kind.FOREVER),
  TERMINAL(Kind.FOREVER),
  /** Says EOF when its standard input ends, which it must not while nobody ends it. */
  STDIN("exec 3<&0; (cat <&3 >/dev/null; echo EOF) & " + Kind.FOREVER),
  /** Ends by itself, after some 3 s. */
  SLOW("i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo $i; sleep 0.1; done; exit 7"),
  /** Writes more than its pipe holds, at once, and ends. */
  BURST("seq 20000; exit 7");

  /** Exit status of those that end by themselves. */
  static final int OWN_END = 7;

  private static final String FOREVER = "i=0; while :; do i=$((i+1)); echo $i; sleep 0.1; done";

  private final String script;

  Kind(String script) {
    this.script = script;
  }

  boolean endsByItself() {
    return this == SLOW || this == BURST;
  }

  /** How many numbers one that ends by itself writes. */
  int lines() {
    return this == BURST ? 20000 : 30;
  }

  /** The body of the request that creates one. */
  String request(int port) {
    List<String> members =
        List.of(
            "\"Image\":\"busybox\"",
            "\"Cmd\":[\"sh\",\"-c\",\"" + script + "\"]",
            "\"Tty\":" + (this == TERMINAL),
            "\"OpenStdin\":" + (this == STDIN),
            "\"HostConfig\":{" + host(port) + "}");
    return "{" + String.join(",", members) + "}";
  }

  private String host(int port) {
    return this == SERVER
        ? "\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"" + port + "\"}]}"
        : this == COUNTER ? "\"NetworkMode\":\"none\"" : "";
  }
}
