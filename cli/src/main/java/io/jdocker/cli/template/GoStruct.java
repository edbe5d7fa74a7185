package io.jdocker.cli.template;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Optional;

/** A value with named fields and methods, as a template sees a Go struct. */
public interface GoStruct {
  /**
   * A field, or a method called with arguments.
   *
   * @return what it is, or empty when there is no such name; {@link Nil} for a null
   */
  Optional<Object> field(String name, List<Object> arguments);

  /** The struct's values in order, for printing: {@code {a b}}. */
  List<Object> values();

  /** The struct as JSON. */
  JsonElement toJson();

  /** True when {@code json} writes {@code <>&} as escapes: what a Go type's own encoder does. */
  boolean escapesHtml();

  /** How an error speaks of a name that is missing. */
  String missing(String name);
}
