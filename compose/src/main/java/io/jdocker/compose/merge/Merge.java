package io.jdocker.compose.merge;

import io.jdocker.compose.yaml.Directive;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Sequence;
import io.jdocker.compose.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Merges a later file over an earlier one, both in canonical form: mappings member by member, lists
 * one after the other, anything else replaced. {@code !reset} and {@code !override} change that.
 */
public final class Merge {
  /** What a command line or a probe is made of has its meaning as a whole. */
  private static final Set<String> REPLACED = Set.of("command", "entrypoint", "test");

  private Merge() {}

  /** Two whole files. */
  public static Mapping documents(Mapping base, Mapping over) {
    Mapping merged = base;
    for (String section : over.names()) {
      Value later = over.find(section).orElseThrow();
      Value earlier = base.find(section).orElse(null);
      merged =
          earlier instanceof Mapping below && later instanceof Mapping above && isSection(section)
              ? merged.with(section, base.keyPosition(section), sections(below, above))
              : merged.with(section, over.keyPosition(section), later);
    }
    return merged;
  }

  private static boolean isSection(String name) {
    return Set.of("services", "networks", "volumes", "configs", "secrets").contains(name);
  }

  private static Mapping sections(Mapping base, Mapping over) {
    Mapping merged = base;
    for (String name : over.names()) {
      Value later = over.find(name).orElseThrow();
      merged =
          switch (later.directive()) {
            case RESET -> merged.without(name);
            case OVERRIDE -> merged.with(name, over.keyPosition(name), later);
            case MERGE ->
                merged.with(
                    name,
                    over.keyPosition(name),
                    base.find(name).orElse(null) instanceof Mapping below
                            && later instanceof Mapping above
                        ? mappings(below, above)
                        : later.isNull() && base.has(name) ? base.find(name).orElseThrow() : later);
          };
    }
    return merged;
  }

  /** Two services, or any two mappings below them. */
  public static Mapping mappings(Mapping base, Mapping over) {
    Mapping merged = base;
    for (String key : over.names()) {
      Value later = over.find(key).orElseThrow();
      if (later.directive() == Directive.RESET) {
        merged = merged.without(key);
      } else if (!base.has(key) || later.directive() == Directive.OVERRIDE) {
        merged = merged.with(key, over.keyPosition(key), later);
      } else {
        Value value = values(key, base.find(key).orElseThrow(), later);
        merged = merged.with(key, over.keyPosition(key), value);
      }
    }
    return merged;
  }

  private static Value values(String key, Value base, Value over) {
    if (over.isNull() && (base instanceof Mapping || base instanceof Sequence)) {
      return base;
    }
    if (base instanceof Mapping below && over instanceof Mapping above) {
      return key.equals("logging") && changesDriver(below, above) ? above : mappings(below, above);
    }
    if (base instanceof Sequence below && over instanceof Sequence above) {
      return REPLACED.contains(key) ? above : lists(key, below, above);
    }
    return over;
  }

  /** The options of one log driver mean nothing to another. */
  private static boolean changesDriver(Mapping base, Mapping over) {
    return over.has("driver") && !over.find("driver").equals(base.find("driver"));
  }

  private static Sequence lists(String key, Sequence base, Sequence over) {
    Map<Object, Value> byIdentity = new LinkedHashMap<>();
    for (Value item : base.items()) {
      byIdentity.put(identity(key, item), item);
    }
    for (Value item : over.items()) {
      byIdentity.put(identity(key, item), item);
    }
    return over.withItems(new ArrayList<>(byIdentity.values()));
  }

  /** What makes two items of a list the same thing: the later one then takes the place. */
  private static Object identity(String key, Value item) {
    if (item instanceof Mapping mapping) {
      return switch (key) {
        case "volumes", "devices", "secrets", "configs" -> targets(key, mapping);
        case "ports" -> texts(mapping, "host_ip", "published", "target", "protocol");
        case "env_file" -> texts(mapping, "path");
        default -> plain(mapping);
      };
    }
    if (key.equals("devices") && item instanceof Scalar text) {
      String[] parts = text.text().split(":", -1);
      return parts.length > 1 ? parts[1] : parts[0];
    }
    return plain(item);
  }

  private static Object targets(String key, Mapping mapping) {
    if (key.equals("volumes")) {
      return texts(mapping, "target");
    }
    return mapping.has("target") ? texts(mapping, "target") : texts(mapping, "source");
  }

  private static List<String> texts(Mapping mapping, String... keys) {
    List<String> texts = new ArrayList<>();
    for (String key : keys) {
      texts.add(mapping.find(key).orElse(null) instanceof Scalar scalar ? scalar.text() : "");
    }
    return texts;
  }

  /** A value without its place: what stands at two places may be the same. */
  private static Object plain(Value value) {
    if (value instanceof Scalar scalar) {
      return scalar.text();
    }
    if (value instanceof Sequence sequence) {
      return sequence.items().stream().map(Merge::plain).toList();
    }
    Map<String, Object> members = new LinkedHashMap<>();
    ((Mapping) value).members().forEach((name, member) -> members.put(name, plain(member)));
    return members;
  }

  /** The document without what a {@code !reset} of its own takes away. */
  public static Mapping withoutResets(Mapping mapping) {
    Mapping clean = mapping;
    for (String name : new LinkedHashSet<>(mapping.names())) {
      Value value = mapping.find(name).orElseThrow();
      if (value.directive() == Directive.RESET) {
        clean = clean.without(name);
      } else if (value instanceof Mapping below) {
        clean = clean.with(name, withoutResets(below));
      }
    }
    return clean;
  }
}
