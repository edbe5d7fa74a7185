package io.jdocker.daemon.crash;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.daemon.crash.Api.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that runs, execs, stops and removes containers of its own at random. When the daemon
 * goes away under a request it asks again until it is told how that ended, as a person would: what
 * it has been told is then all it believes.
 */
final class Client implements Runnable {
  private static final int MOST = 5;
  private static final int RETRY_MILLIS = 20;

  private final int number;
  private final Api api;
  private final Random random;
  private final AtomicBoolean stopping;
  private final Queue<String> complaints;
  private final AtomicInteger started;
  private final List<Tracked> own = new ArrayList<>();
  private int serial;

  Client(
      int number,
      Api api,
      long seed,
      AtomicBoolean stopping,
      Queue<String> complaints,
      AtomicInteger started) {
    this.number = number;
    this.api = api;
    this.random = new Random(seed);
    this.stopping = stopping;
    this.complaints = complaints;
    this.started = started;
  }

  /** To be read when its thread has ended. */
  List<Tracked> containers() {
    return own;
  }

  @Override
  public void run() {
    try {
      while (!stopping.get()) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      complaints.add("client " + number + " gave up: " + e);
    }
  }

  /** One container from its creation to its removal. */
  void runAndRemove(Kind kind) throws InterruptedException {
    run(kind);
    remove(pick(own));
  }

  private void step() throws InterruptedException {
    List<Tracked> running = own.stream().filter(Tracked::mustRun).toList();
    int choice = random.nextInt(10);
    if (running.isEmpty() || (choice < 3 && own.size() < MOST)) {
      run(pick(List.of(Kind.values())));
    } else if (choice < 6) {
      exec(pick(running));
    } else if (choice < 8) {
      stop(pick(running));
    } else {
      remove(pick(own));
    }
  }

  private <T> T pick(List<T> among) {
    return among.get(random.nextInt(among.size()));
  }

  private void run(Kind kind) throws InterruptedException {
    String name = "c" + number + "x" + serial;
    int port = 20000 + number * 1000 + serial;
    serial++;
    Answer created = create(name, kind.request(port));
    if (created.status() != 201) {
      complaints.add("create " + name + ": " + created);
      return;
    }
    Tracked container = new Tracked(name, member(created, "Id"), kind, port);
    own.add(container);
    Answer start = insist("start " + name, () -> startOnce(name));
    check("start " + name, start, Set.of(204, 304));
    started.incrementAndGet();
  }

  /** One that ends by itself may have been started, and have ended, when the answer was lost. */
  private Answer startOnce(String name) throws IOException {
    Answer before = api.get("/containers/" + name + "/json");
    return before.body().contains("\"StartedAt\":\"0001-")
        ? api.post("/containers/" + name + "/start", "")
        : new Answer(304, "");
  }

  /** A create whose answer was lost may have been done: the name then tells. */
  private Answer create(String name, String request) throws InterruptedException {
    boolean again = false;
    while (true) {
      try {
        Answer answer =
            again ? api.get("/containers/" + name + "/json") : new Answer(404, "not tried");
        if (answer.status() == 200) {
          return new Answer(201, answer.body());
        }
        return api.post("/containers/create?name=" + name, request);
      } catch (IOException daemonGone) {
        again = true;
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private void exec(Tracked container) throws InterruptedException {
    boolean detached = random.nextInt(4) == 0;
    String script = detached ? "yes | head -c 300000; sleep 1000" : "echo hi; exit 5";
    String request =
        "{\"AttachStdout\":true,\"AttachStderr\":true,\"Cmd\":[\"sh\",\"-c\",\"" + script + "\"]}";
    try {
      Answer created = api.post("/containers/" + container.name() + "/exec", request);
      check("exec in " + container, created, Set.of(201));
      String id = member(created, "Id");
      Answer run =
          api.post("/exec/" + id + "/start", "{\"Detach\":" + detached + ",\"Tty\":false}");
      if (run.status() == 404) {
        return; // made by a daemon that is gone
      }
      check("exec in " + container, run, Set.of(200));
      Answer state = api.get("/exec/" + id + "/json");
      if (!detached && state.status() == 200) {
        if (!run.body().endsWith("hi\n") || !state.body().contains("\"ExitCode\":5")) {
          complaints.add("exec in " + container + ": " + run + ", " + state);
        }
      }
    } catch (IOException daemonGone) {
      Thread.sleep(RETRY_MILLIS); // how it ended nobody can say: an exec is its client's
    }
  }

  private void stop(Tracked container) throws InterruptedException {
    String path = "/containers/" + container.name() + "/stop?t=0";
    Answer answer = insist("stop " + container, () -> api.post(path, ""));
    check("stop " + container, answer, Set.of(204, 304));
    container.stopped();
  }

  private void remove(Tracked container) throws InterruptedException {
    String path = "/containers/" + container.name() + "?force=1";
    Answer answer = insist("remove " + container, () -> api.delete(path));
    check("remove " + container, answer, Set.of(204, 404));
    own.remove(container);
  }

  /** A request that may be made twice. */
  private interface Request {
    Answer make() throws IOException;
  }

  private Answer insist(String what, Request request) throws InterruptedException {
    for (int tries = 0; tries < 3000; tries++) {
      try {
        return request.make();
      } catch (IOException daemonGone) {
        Thread.sleep(RETRY_MILLIS);
      }
    }
    throw new IllegalStateException(what + ": no daemon came back");
  }

  private void check(String what, Answer answer, Set<Integer> fine) {
    if (!fine.contains(answer.status())) {
      complaints.add(what + ": " + answer);
    }
  }

  private static String member(Answer answer, String name) {
    JsonObject object = JsonParser.parseString(answer.body()).getAsJsonObject();
    return object.get(name).getAsString();
  }
}
