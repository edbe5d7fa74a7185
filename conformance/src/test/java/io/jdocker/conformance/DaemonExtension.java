package io.jdocker.conformance;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One daemon for all classes of the JVM: Testcontainers keeps the connections of the first that it
 * has met. A parameter of type {@link DaemonUnderTest} is that daemon.
 */
final class DaemonExtension implements BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(DaemonExtension.class);

  @SuppressWarnings("deprecation") // JUnit 5.13 names another interface, which 5.12 does not know
  private record Running(DaemonUnderTest daemon) implements CloseableResource {
    @Override
    public void close() throws IOException, InterruptedException {
      daemon.stop();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    daemon(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DaemonUnderTest.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return daemon(context);
  }

  private static DaemonUnderTest daemon(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Running.class, key -> new Running(start()), Running.class)
        .daemon();
  }

  private static DaemonUnderTest start() {
    try {
      return DaemonUnderTest.start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the daemon started", e);
    }
  }
}
