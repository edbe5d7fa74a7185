package io.jdocker.runtime.explain;

import io.jdocker.linux.trace.TraceEntry;
import java.util.List;

/**
 * What the last start of a container did to the kernel, and its end where it has ended. Immutable.
 *
 * @param entries in the order of time
 */
public record Explanation(Subject subject, List<TraceEntry> entries) {
  public Explanation {
    entries = List.copyOf(entries);
  }

  /** A story: a section for each stage, a paragraph for each effect. */
  public String text() {
    Story story = new Story();
    StringBuilder text = new StringBuilder(story.opening(subject, entries));
    entries.forEach(entry -> text.append(story.next(entry)));
    return text.toString();
  }

  /** A JSON object with the container and an array of the effects. */
  public String json() {
    return new TraceJson().explanation(this);
  }

  /**
   * A shell script that builds the same container by hand.
   *
   * @throws io.jdocker.linux.failure.Conflict when the container has not been started
   */
  public String script() {
    return new Script(subject, entries).text();
  }
}
