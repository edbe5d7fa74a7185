package io.jdocker.compose.yaml;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 to a tree with positions. Anchors and aliases are followed and merge keys ({@code
 * <<}, which YAML 1.2 dropped and every Compose file uses) are applied here.
 */
public final class YamlReader {
  /** More than any project has: a file of nested aliases would grow without end. */
  private static final int MOST_VALUES = 100_000;

  private static final String MERGE_KEY = "<<";

  private final String file;
  private final List<Node> open = new ArrayList<>();
  private int count;

  private YamlReader(String file) {
    this.file = file;
  }

  /**
   * The documents of a file, one after another: later ones are merged over earlier ones.
   *
   * @param file as messages name it
   * @throws InvalidArgument when it is no YAML
   */
  public static List<Mapping> read(String file, String text) {
    YamlReader reader = new YamlReader(file);
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(true)
            // What aliases make of a file is counted here, in values.
            .setMaxAliasesForCollections(MOST_VALUES)
            .build();
    List<Mapping> documents = new ArrayList<>();
    try {
      Iterator<Node> nodes = new Compose(settings).composeAllFromString(text).iterator();
      while (nodes.hasNext()) {
        Value value = reader.value(nodes.next());
        if (value instanceof Mapping mapping) {
          documents.add(mapping);
        } else if (!value.isNull()) {
          throw Mistake.at(value.position(), "", "top-level object must be a mapping");
        }
      }
    } catch (MarkedYamlEngineException e) {
      Position at = position(file, e.getProblemMark());
      throw new InvalidArgument("yaml: " + at + ": " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new InvalidArgument("yaml: " + file + ": " + e.getMessage(), e);
    }
    return documents;
  }

  private Value value(Node node) {
    Position at = position(file, node.getStartMark());
    if (++count > MOST_VALUES) {
      throw Mistake.at(at, "", "too many values: more than " + MOST_VALUES + " with all aliases");
    }
    if (open.contains(node)) { // a node equals only itself
      throw Mistake.at(at, "", "an anchor holds itself");
    }
    open.add(node);
    try {
      return switch (node.getNodeType()) {
        case SCALAR -> scalar((ScalarNode) node, at);
        case SEQUENCE -> {
          List<Value> items = new ArrayList<>();
          for (Node item : ((SequenceNode) node).getValue()) {
            items.add(value(item));
          }
          yield new Sequence(items, at, directive(node));
        }
        case MAPPING -> mapping((MappingNode) node, at);
        case ANCHOR -> throw Mistake.at(at, "", "an anchor holds itself");
      };
    } finally {
      open.remove(open.size() - 1);
    }
  }

  private Scalar scalar(ScalarNode node, Position at) {
    Tag tag = node.getTag();
    Scalar.Kind kind = Scalar.Kind.STRING;
    if (tag.equals(Tag.NULL)) {
      kind = Scalar.Kind.NULL;
    } else if (tag.equals(Tag.INT)) {
      kind = Scalar.Kind.INTEGER;
    } else if (tag.equals(Tag.FLOAT)) {
      kind = Scalar.Kind.DECIMAL;
    } else if (tag.equals(Tag.BOOL)) {
      kind = Scalar.Kind.BOOLEAN;
    }
    String text = kind == Scalar.Kind.NULL ? "" : node.getValue();
    return new Scalar(text, kind, at, directive(node));
  }

  private Mapping mapping(MappingNode node, Position at) {
    Mapping own = Mapping.empty(at, directive(node));
    List<Mapping> merged = new ArrayList<>();
    for (NodeTuple tuple : node.getValue()) {
      Position keyAt = position(file, tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw Mistake.at(keyAt, "", "a key must be a text");
      }
      Value value = value(tuple.getValueNode());
      if (key.getValue().equals(MERGE_KEY)) {
        merged.addAll(sources(value, keyAt));
      } else if (own.has(key.getValue())) {
        throw new InvalidArgument(
            "yaml: "
                + keyAt
                + ": mapping key \""
                + key.getValue()
                + "\" already defined at "
                + own.keyPosition(key.getValue()));
      } else {
        own = own.with(key.getValue(), keyAt, value);
      }
    }
    // What is merged in gives way to the mapping's own keys, and later sources to earlier ones.
    for (Mapping source : merged) {
      for (String name : source.names()) {
        if (!own.has(name)) {
          own = own.with(name, source.keyPosition(name), source.find(name).orElseThrow());
        }
      }
    }
    return own;
  }

  private static List<Mapping> sources(Value value, Position at) {
    if (value instanceof Mapping mapping) {
      return List.of(mapping);
    }
    List<Mapping> sources = new ArrayList<>();
    if (value instanceof Sequence sequence) {
      for (Value item : sequence.items()) {
        if (item instanceof Mapping mapping) {
          sources.add(mapping);
        }
      }
      if (sources.size() == sequence.items().size()) {
        return sources;
      }
    }
    throw new InvalidArgument("yaml: " + at + ": map merge requires map or sequence of maps");
  }

  private static Directive directive(Node node) {
    return switch (node.getTag().getValue()) {
      case "!reset" -> Directive.RESET;
      case "!override" -> Directive.OVERRIDE;
      default -> Directive.MERGE;
    };
  }

  private static Position position(String file, Optional<Mark> mark) {
    return mark.isPresent()
        ? new Position(file, mark.get().getLine() + 1, mark.get().getColumn() + 1)
        : new Position(file, 0, 0);
  }
}
