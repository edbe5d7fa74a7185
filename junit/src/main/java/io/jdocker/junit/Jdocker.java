package io.jdocker.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class containers. All classes of a JVM share one engine, which the first of them
 * opens; a parameter of type {@link io.jdocker.engine.ContainerEngine} is that engine.
 *
 * <p>The engine's root is a folder below {@code /var/lib/jdocker-junit}, or below the one that the
 * configuration parameter {@value JdockerExtension#ROOT} names: the first that no other JVM uses.
 * Images stay there from run to run; nothing else does.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(JdockerExtension.class)
public @interface Jdocker {}
