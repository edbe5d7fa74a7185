package io.jdocker.compose.yaml;

import java.util.ArrayList;
import java.util.List;

/** A list of values. */
public record Sequence(List<Value> items, Position position, Directive directive) implements Value {
  public Sequence {
    items = List.copyOf(items);
  }

  public static Sequence of(List<? extends Value> items, Position position) {
    return new Sequence(new ArrayList<>(items), position, Directive.MERGE);
  }

  /** The same place with other items. */
  public Sequence withItems(List<? extends Value> replaced) {
    return new Sequence(new ArrayList<>(replaced), position, directive);
  }

  public static Sequence texts(List<String> texts, Position position) {
    return of(texts.stream().map(text -> Scalar.text(text, position)).toList(), position);
  }
}
