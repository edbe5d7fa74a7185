package io.jdocker.linux.signal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hands signals of this process to somebody else: a container's process, a terminal's painter.
 *
 * <p>Through sun.misc.Signal, the one way to a signal in Java, exported by jdk.unsupported for
 * that. By reflection: with a release set, javac gives a warning for its name that nothing
 * suppresses.
 */
public final class SignalProxy {
  /** signal(7) without those the JVM keeps and those that only concern this process. */
  private static final List<String> FORWARDED =
      List.of("HUP", "INT", "TERM", "USR1", "USR2", "ALRM", "CONT", "TSTP", "TTIN", "TTOU", "IO");

  private SignalProxy() {}

  /** From now on gives the name of each signal that arrives: {@code TERM}. */
  public static void forward(Consumer<String> receiver) {
    for (String name : FORWARDED) {
      handle(name, receiver);
    }
  }

  /** Handles one signal; false when the JVM uses it itself. */
  public static boolean handle(String name, Consumer<String> receiver) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              SignalProxy.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> answer(proxy, method, arguments, name, receiver));
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
      return true;
    } catch (InvocationTargetException e) {
      return false; // "Signal already used by VM or OS": it keeps its meaning for the JVM
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no sun.misc.Signal", e);
    }
  }

  private static Object answer(
      Object proxy, Method method, Object[] arguments, String name, Consumer<String> receiver) {
    return switch (method.getName()) {
      case "handle" -> {
        receiver.accept(name);
        yield null;
      }
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "SignalProxy(" + name + ")";
    };
  }
}
