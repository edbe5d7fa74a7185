package io.jdocker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * When a container is ready to be used: all of its conditions have held, within a time. Immutable.
 *
 * <pre>{@code
 * container.await(Readiness.log("ready to accept connections").and(Readiness.listening(5432)));
 * }</pre>
 */
public final class Readiness {
  /** How long is waited where nothing is said. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

  private final List<ReadinessCondition> conditions;
  private final Duration limit;

  private Readiness(List<ReadinessCondition> conditions, Duration limit) {
    this.conditions = List.copyOf(conditions);
    this.limit = limit;
  }

  private static Readiness when(ReadinessCondition condition) {
    return new Readiness(List.of(condition), DEFAULT_LIMIT);
  }

  /** Its command runs: what {@link Container#start} has waited for already. */
  public static Readiness started() {
    return new Readiness(List.of(), DEFAULT_LIMIT);
  }

  /** A process of it listens on a TCP port, on another address than loopback. */
  public static Readiness listening(int port) {
    return when(new ReadinessCondition.Listening(Port.tcp(port)));
  }

  /** A line that it writes contains a match of the regular expression. */
  public static Readiness log(String regex) {
    return log(regex, 1);
  }

  /** That many lines do. */
  public static Readiness log(String regex, int times) {
    return when(new ReadinessCondition.Log(Pattern.compile(regex), times));
  }

  /** A GET of a path on a published port is answered with status 200. */
  public static Readiness http(int port, String path) {
    return http(port, path, 200);
  }

  /** A GET of a path on a published port is answered with a status. */
  public static Readiness http(int port, String path, int status) {
    return when(new ReadinessCondition.Http(Port.tcp(port), path, status));
  }

  /** Its health check has succeeded. */
  public static Readiness healthy() {
    return when(new ReadinessCondition.Healthy());
  }

  /** A command in it ends with exit code 0. */
  public static Readiness exec(String... command) {
    return when(new ReadinessCondition.Command(ExecRequest.of(command)));
  }

  /** It has ended with exit code 0: a migration, or another task. */
  public static Readiness completed() {
    return when(new ReadinessCondition.Completed());
  }

  /** Both; with the longer of the two times. */
  public Readiness and(Readiness other) {
    List<ReadinessCondition> both = new ArrayList<>(conditions);
    both.addAll(other.conditions);
    return new Readiness(both, limit.compareTo(other.limit) >= 0 ? limit : other.limit);
  }

  /** The same, waited for that long. */
  public Readiness within(Duration time) {
    return new Readiness(conditions, time);
  }

  Duration limit() {
    return limit;
  }

  List<ReadinessCondition> conditions() {
    return conditions;
  }
}
