package io.jdocker.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A {@link io.jdocker.engine.Network} of its own, on which containers find each other by their
 * aliases.
 */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface NetworkFixture {
  /** {@code 10.1.0.0/24}; empty: the first that is free. */
  String subnet() default "";

  /** Without a way out. */
  boolean internal() default false;
}
