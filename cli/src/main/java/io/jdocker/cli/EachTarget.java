package io.jdocker.cli;

import io.jdocker.cli.http.ApiException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Does the same to several objects: a failure is reported and the next one is tried. */
public final class EachTarget {
  /** What is done to one of them. */
  public interface Action {
    void apply(String target) throws IOException;
  }

  private final Session session;
  private final List<String> failed = new ArrayList<>();
  private boolean isForgiving;

  public EachTarget(Session session) {
    this.session = session;
  }

  /** With {@code --force} what is not there is reported, but is no failure. */
  public EachTarget forgiving(boolean force) {
    isForgiving = force;
    return this;
  }

  /** Applies the action; each target that took it is printed. */
  public EachTarget printing(List<String> targets, Action action) throws IOException {
    for (String target : targets) {
      if (apply(target, action)) {
        session.console().printLine(target);
      }
    }
    return this;
  }

  /** Applies the action, which prints what there is to print. */
  public EachTarget silently(List<String> targets, Action action) throws IOException {
    for (String target : targets) {
      apply(target, action);
    }
    return this;
  }

  private boolean apply(String target, Action action) throws IOException {
    try {
      action.apply(target);
      return true;
    } catch (ApiException e) {
      session.console().error("Error response from daemon: " + e.getMessage());
      if (isForgiving && e.isNotFound()) {
        return false;
      }
    } catch (CommandFailure e) {
      session.console().error(e.getMessage());
    }
    failed.add(target);
    return false;
  }

  public List<String> failed() {
    return failed;
  }

  /** 0 when all went well, else 1. */
  public int exitCode() {
    return failed.isEmpty() ? 0 : 1;
  }
}
