package io.jdocker.daemon.crash;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.linux.testing.HostNamespaces;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Compares what clients were told with what is there. */
final class Verdict {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  private final Api api;
  private final Evidence evidence;
  private final HostNamespaces host;
  private final Queue<String> complaints;

  Verdict(Api api, Evidence evidence, HostNamespaces host, Queue<String> complaints) {
    this.api = api;
    this.evidence = evidence;
    this.host = host;
    this.complaints = complaints;
  }

  /** Each container is there, in its right state, with all of its output and its port. */
  void containers(List<Tracked> all) throws IOException, InterruptedException {
    for (Tracked container : all) {
      try {
        if (container.mustRun()) {
          running(container);
        } else {
          ended(container);
        }
      } catch (AssertionError e) {
        complaints.add(container + ": " + e.getMessage());
      }
    }
  }

  private JsonObject state(Tracked container) throws IOException {
    Api.Answer answer = api.get("/containers/" + container.id() + "/json");
    if (answer.status() != 200) {
      throw new AssertionError("is lost: " + answer);
    }
    return JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("State");
  }

  private void running(Tracked container) throws IOException, InterruptedException {
    JsonObject state = state(container);
    if (!state.get("Status").getAsString().equals("running")) {
      throw new AssertionError("does not run: " + state);
    }
    int seen = counted(container);
    long end = System.nanoTime() + PATIENCE;
    while (counted(container) <= seen) {
      if (System.nanoTime() > end) {
        throw new AssertionError("writes no more: " + seen + " lines");
      }
      Thread.sleep(50);
    }
    if (container.kind() == Kind.SERVER) {
      String page =
          host.remoteShell(
                  "curl -s -m 8 http://" + HostNamespaces.HOST + ":" + container.port() + "/")
              .output();
      if (!page.contains("It works")) {
        throw new AssertionError("port " + container.port() + " answers: " + page);
      }
    }
  }

  private void ended(Tracked container) throws IOException, InterruptedException {
    JsonObject state = state(container);
    long end = System.nanoTime() + PATIENCE;
    while (!state.get("Status").getAsString().equals("exited") && System.nanoTime() < end) {
      Thread.sleep(50);
      state = state(container);
    }
    if (!state.get("Status").getAsString().equals("exited")
        || state.get("ExitCode").getAsInt() != container.expectedExit()) {
      throw new AssertionError("should have ended with " + container.expectedExit() + ": " + state);
    }
    int lines = counted(container);
    if (container.kind().endsByItself() && lines != container.kind().lines()) {
      throw new AssertionError("wrote " + lines + " of " + container.kind().lines() + " lines");
    }
  }

  /** How far it has counted. */
  private int counted(Tracked container) throws IOException {
    int expected = 0;
    for (String line : evidence.log(container.id())) {
      expected++;
      if (!line.equals(Integer.toString(expected))) {
        throw new AssertionError("line " + expected + " of its output is " + line);
      }
    }
    return expected;
  }

  /** No process, keeper or control group but those of the containers that run. */
  void nothingElse(List<Tracked> all) throws IOException {
    Set<String> running = new TreeSet<>();
    Map<String, Integer> keepers = new HashMap<>();
    for (Tracked container : all) {
      if (container.mustRun()) {
        running.add(container.id());
        keepers.put(container.id(), 1 + evidence.execs(container.id()));
      }
    }
    compare("control groups", running, evidence.cgroups());
    compare("keepers", keepers, evidence.keepers());
  }

  private void compare(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      complaints.add(what + " should be " + expected + " and are " + found);
    }
  }
}
