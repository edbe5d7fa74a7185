package io.jdocker.junit;

import io.jdocker.engine.Container;
import io.jdocker.engine.ContainerRequest;
import io.jdocker.engine.Image;
import io.jdocker.engine.Network;
import io.jdocker.engine.Volume;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Fills the annotated fields of a test class, or of an instance of it. */
final class FixtureFields {
  private final FixtureMaker maker;
  private final Class<?> testClass;
  private final Optional<Object> instance;

  /**
   * @param instance whose fields are filled; empty: the static ones are
   */
  FixtureFields(FixtureMaker maker, Class<?> testClass, Optional<Object> instance) {
    this.maker = maker;
    this.testClass = testClass;
    this.instance = instance;
  }

  /** Fills them, kind by kind, as each may refer to those before. */
  void fill() {
    each(ImageFixture.class, Image.class, (field, wish) -> maker.image(field, wish));
    each(NetworkFixture.class, Network.class, (field, wish) -> maker.network(field, wish));
    each(VolumeFixture.class, Volume.class, (field, wish) -> maker.volume(field));
    each(
        ContainerFixture.class,
        Container.class,
        (field, wish) -> maker.container(wish, request(field, wish)));
  }

  private <A extends Annotation, T> void each(
      Class<A> annotation, Class<T> type, BiFunction<String, A, T> make) {
    List<Field> fields =
        AnnotationSupport.findAnnotatedFields(
                testClass,
                annotation,
                field -> Modifier.isStatic(field.getModifiers()) == instance.isEmpty(),
                HierarchyTraversalMode.TOP_DOWN)
            .stream()
            .sorted(Comparator.comparingInt(FixtureFields::order))
            .toList();
    for (Field field : fields) {
      check(field, type);
      set(field, make.apply(field.getName(), field.getAnnotation(annotation)));
    }
  }

  private static int order(Field field) {
    Order order = field.getAnnotation(Order.class);
    return order == null ? Order.DEFAULT : order.value();
  }

  private static void check(Field field, Class<?> type) {
    if (field.getType() != type) {
      throw new ExtensionConfigurationException(
          field + " must be of type " + type.getName() + " for its annotation");
    }
    if (Modifier.isFinal(field.getModifiers())) {
      throw new ExtensionConfigurationException(field + " must not be final: it is to be filled");
    }
  }

  private void set(Field field, Object value) {
    try {
      field.setAccessible(true);
      field.set(instance.orElse(null), value);
    } catch (IllegalAccessException | RuntimeException e) {
      throw new ExtensionConfigurationException("cannot fill " + field + ": " + e.getMessage(), e);
    }
  }

  private ContainerRequest request(String field, ContainerFixture wish) {
    return request(maker, testClass, instance, field, wish);
  }

  /** What the annotation says, or the method that it names. */
  static ContainerRequest request(
      FixtureMaker maker,
      Class<?> testClass,
      Optional<Object> instance,
      String field,
      ContainerFixture wish) {
    if (wish.request().isEmpty()) {
      return maker.request(field, wish);
    }
    Method method =
        ReflectionSupport.findMethod(testClass, wish.request())
            .filter(found -> Modifier.isStatic(found.getModifiers()) || instance.isPresent())
            .filter(found -> found.getReturnType() == ContainerRequest.class)
            .orElseThrow(
                () ->
                    new ExtensionConfigurationException(
                        testClass.getName()
                            + " has no"
                            + (instance.isEmpty() ? " static" : "")
                            + " method "
                            + wish.request()
                            + "() that returns a ContainerRequest"));
    return (ContainerRequest) ReflectionSupport.invokeMethod(method, instance.orElse(null));
  }
}
