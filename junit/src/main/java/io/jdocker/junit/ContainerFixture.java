package io.jdocker.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A {@link io.jdocker.engine.Container} that runs and is ready when the test begins. */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface ContainerFixture {
  /** A name, pulled where the engine has it not; or the field of an {@link ImageFixture}. */
  String image() default "";

  /**
   * A method of the test class without parameters that returns a {@link
   * io.jdocker.engine.ContainerRequest}, for what the other elements here cannot say; they are then
   * left out, save {@link #waitFor}. Static for a static field.
   */
  String request() default "";

  /** In place of the image's. */
  String[] entrypoint() default {};

  /** In place of the image's. */
  String[] command() default {};

  /** {@code NAME=value}. */
  String[] environment() default {};

  /** TCP ports to publish on free ports of the loopback address. */
  int[] ports() default {};

  /** The field of a {@link NetworkFixture}, or a network's name; empty: the default network. */
  String network() default "";

  /** What others on its network find it by; none said: the field's name. */
  String[] aliases() default {};

  /** {@code NAME:/path}: the field of a {@link VolumeFixture}, or a volume's name. */
  String[] volumes() default {};

  /** Folders in memory, empty at the start: what makes a database fast. */
  String[] tmpfs() default {};

  /** {@code user[:group]}. */
  String user() default "";

  /** Bytes of memory at most; 0: no limit. */
  long memory() default 0;

  /** When it is ready: all of these; none said: each of its {@link #ports} is listened on. */
  WaitFor[] waitFor() default {};
}
