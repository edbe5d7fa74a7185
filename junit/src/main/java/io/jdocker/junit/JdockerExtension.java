package io.jdocker.junit;

import io.jdocker.engine.Container;
import io.jdocker.engine.ContainerEngine;
import io.jdocker.engine.Image;
import io.jdocker.engine.Network;
import io.jdocker.engine.Volume;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@link Jdocker} brings into a test class. It has no state: JUnit keeps it all. */
public final class JdockerExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {
  /** Configuration parameter, or system property: the folder of the engines' roots. */
  public static final String ROOT = "jdocker.junit.root";

  private static final String DEFAULT_ROOT = "/var/lib/jdocker-junit";
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(JdockerExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    new FixtureFields(maker(context), context.getRequiredTestClass(), Optional.empty()).fill();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      new FixtureFields(maker(context), instance.getClass(), Optional.of(instance)).fill();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    report(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    report(context);
  }

  private static void report(ExtensionContext context) {
    context
        .getExecutionException()
        .ifPresent(failure -> FailureReport.of(context, failure, fixtures(context)));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ContainerEngine.class
        || (type == Container.class && parameter.isAnnotated(ContainerFixture.class))
        || (type == Network.class && parameter.isAnnotated(NetworkFixture.class))
        || (type == Volume.class && parameter.isAnnotated(VolumeFixture.class))
        || (type == Image.class && parameter.isAnnotated(ImageFixture.class));
  }

  @Override
  public Object resolveParameter(ParameterContext context, ExtensionContext extension) {
    Parameter parameter = context.getParameter();
    FixtureMaker maker = maker(extension);
    String name = parameter.getName();
    if (parameter.getType() == ContainerEngine.class) {
      return engine(extension);
    }
    if (parameter.getType() == Network.class) {
      return maker.network(name, parameter.getAnnotation(NetworkFixture.class));
    }
    if (parameter.getType() == Volume.class) {
      return maker.volume(name);
    }
    if (parameter.getType() == Image.class) {
      return maker.image(name, parameter.getAnnotation(ImageFixture.class));
    }
    ContainerFixture wish = parameter.getAnnotation(ContainerFixture.class);
    return maker.container(
        wish,
        FixtureFields.request(
            maker, extension.getRequiredTestClass(), extension.getTestInstance(), name, wish));
  }

  private static FixtureMaker maker(ExtensionContext context) {
    return new FixtureMaker(engine(context), fixtures(context));
  }

  private static ContainerEngine engine(ExtensionContext context) {
    String folder = context.getConfigurationParameter(ROOT).orElse(DEFAULT_ROOT);
    // With the root's store, so that it ends after the last test of all classes.
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            TestEngine.class, key -> TestEngine.open(Path.of(folder)), TestEngine.class)
        .engine();
  }

  /** Those of this very context: JUnit closes them when it is over. */
  private static Fixtures fixtures(ExtensionContext context) {
    Optional<Fixtures> outer =
        context
            .getParent()
            .filter(parent -> parent.getTestClass().isPresent())
            .map(JdockerExtension::fixtures);
    // A store also finds what is in those around it: the key says whose it is.
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(context.getUniqueId(), key -> new Fixtures(outer), Fixtures.class);
  }
}
