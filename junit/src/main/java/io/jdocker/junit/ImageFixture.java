package io.jdocker.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An {@link io.jdocker.engine.Image}: of exactly one of {@link #reference}, {@link #archive} and
 * {@link #folder}. It stays in the engine; what did not change is not built again. Paths are
 * relative to the working directory of the tests, the project's folder as a rule.
 */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface ImageFixture {
  /** A name, pulled where the engine has it not. */
  String reference() default "";

  /** A docker-archive or OCI layout with one image. */
  String archive() default "";

  /** A folder to build from. */
  String folder() default "";

  /** Of the folder. */
  String dockerfile() default "Dockerfile";

  /** {@code NAME=value}, for the build. */
  String[] arguments() default {};

  /** Stage to build; empty: the last one. */
  String target() default "";

  /** Network of RUN steps: {@code host}, {@code none}, or a network's name. */
  String network() default "";
}
