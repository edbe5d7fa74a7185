package io.jdocker.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** When a container is ready: everything that is said here holds. */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface WaitFor {
  /** It listens on this TCP port; with {@link #http}, the port that is asked. */
  int port() default 0;

  /** A line that it writes contains a match of this regular expression. */
  String log() default "";

  /** How many lines do. */
  int times() default 1;

  /** A GET of this path is answered; without {@link #port} the first of the fixture's is asked. */
  String http() default "";

  /** With this status. */
  int status() default 200;

  /** Its health check has succeeded. */
  boolean healthy() default false;

  /** This command in it ends with exit code 0. */
  String[] exec() default {};

  /** It has ended with exit code 0. */
  boolean completed() default false;

  /** How long is waited. */
  int seconds() default 60;
}
