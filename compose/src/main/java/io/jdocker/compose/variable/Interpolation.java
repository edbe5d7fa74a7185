package io.jdocker.compose.variable;

import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Sequence;
import io.jdocker.compose.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills variables in: {@code $X}, {@code ${X}}, {@code ${X:-default}}, {@code ${X-default}}, {@code
 * ${X:+other}}, {@code ${X+other}}, {@code ${X:?why}}, {@code ${X?why}}, and {@code $$} for a
 * dollar sign. Defaults may hold variables themselves. Keys are left as they are.
 */
public final class Interpolation {
  private final Map<String, String> variables;
  private final Set<String> unset = new LinkedHashSet<>();

  public Interpolation(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Names that were used and had no value, in the order met. */
  public Set<String> unset() {
    return unset;
  }

  /** The tree with all variables filled in. */
  public Mapping apply(Mapping document) {
    return mapping(document, "");
  }

  private Mapping mapping(Mapping mapping, String path) {
    Mapping filled = mapping;
    for (Map.Entry<String, Value> member : mapping.members().entrySet()) {
      String below = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      Value value = value(member.getValue(), below);
      if (value != member.getValue()) {
        filled = filled.with(member.getKey(), mapping.keyPosition(member.getKey()), value);
      }
    }
    return filled;
  }

  private Value value(Value value, String path) {
    if (value instanceof Mapping mapping) {
      return mapping(mapping, path);
    }
    if (value instanceof Sequence sequence) {
      List<Value> items = new ArrayList<>();
      for (int i = 0; i < sequence.items().size(); i++) {
        items.add(value(sequence.items().get(i), path + "." + i));
      }
      return sequence.withItems(items);
    }
    Scalar scalar = (Scalar) value;
    if (scalar.kind() != Scalar.Kind.STRING || scalar.text().indexOf('$') < 0) {
      return scalar;
    }
    try {
      return scalar.withText(new Expansion(scalar.text(), variables, unset).all());
    } catch (Expansion.Malformed e) {
      throw Mistake.at(
          scalar.position(),
          "",
          "invalid interpolation format for "
              + path
              + ".\nYou may need to escape any $ with another $.\n"
              + scalar.text());
    } catch (Expansion.Required e) {
      throw Mistake.at(
          scalar.position(), "", "error while interpolating " + path + ": " + e.getMessage());
    }
  }
}
