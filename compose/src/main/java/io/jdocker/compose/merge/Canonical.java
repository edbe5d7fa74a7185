package io.jdocker.compose.merge;

import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Mistake;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Sequence;
import io.jdocker.compose.yaml.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Gives a file one form for everything: lists of {@code NAME=value} become mappings, short forms
 * long ones, paths of the host absolute. Only then can two files be merged.
 */
public final class Canonical {
  private static final List<String> PAIRS =
      List.of("environment", "labels", "annotations", "sysctls", "storage_opt");
  private static final List<String> LISTS =
      List.of("dns", "dns_search", "tmpfs", "label_file", "expose", "security_opt");

  private final Path base;

  /**
   * Prepares it.
   *
   * @param base the folder that relative paths of the file start from
   */
  public Canonical(Path base) {
    this.base = base;
  }

  /** A whole file. */
  public Mapping document(Mapping document) {
    Mapping done = each(document, "services", this::service);
    done = each(done, "secrets", this::content);
    done = each(done, "configs", this::content);
    done = each(done, "networks", Canonical::labelled);
    return each(done, "volumes", Canonical::labelled);
  }

  private static Mapping each(
      Mapping document, String section, BiFunction<Mapping, String, Mapping> change) {
    if (!(document.find(section).orElse(null) instanceof Mapping members)) {
      return document;
    }
    Mapping changed = members;
    for (String name : members.names()) {
      if (members.find(name).orElseThrow() instanceof Mapping member) {
        changed =
            changed.with(
                name, members.keyPosition(name), change.apply(member, section + "." + name));
      }
    }
    return document.with(section, changed);
  }

  /** One service; {@code path} leads to it in messages. */
  public Mapping service(Mapping service, String path) {
    Mapping done = service;
    for (String key : PAIRS) {
      done = pairs(done, key, path, "=");
    }
    done = pairs(done, "extra_hosts", path, "=");
    for (String key : LISTS) {
      done = list(done, key);
    }
    done = build(done, path);
    done = names(done, "depends_on", this::dependency);
    done = names(done, "networks", text -> Scalar.nothing(text.position()));
    done = environmentFiles(done);
    done = single(done, "extends", "service");
    done = references(done, "secrets");
    done = references(done, "configs");
    done = ports(done, path);
    done = volumes(done, path);
    done = healthcheck(done);
    if (done.find("deploy").orElse(null) instanceof Mapping deploy) {
      done = done.with("deploy", pairs(deploy, "labels", path + ".deploy", "="));
    }
    return extendedFile(done);
  }

  private static Mapping labelled(Mapping resource, String path) {
    return pairs(resource, "labels", path, "=");
  }

  private Mapping content(Mapping resource, String path) {
    Mapping done = labelled(resource, path);
    return done.find("file").orElse(null) instanceof Scalar file && !file.isNull()
        ? done.with("file", file.withText(MountForm.absolute(file.text(), base)))
        : done;
  }

  /** A list of {@code NAME=value}, or of names alone, as a mapping. */
  private static Mapping pairs(Mapping owner, String key, String path, String separator) {
    if (!(owner.find(key).orElse(null) instanceof Sequence list)) {
      return owner;
    }
    Mapping pairs = Mapping.empty(list.position(), list.directive());
    for (int i = 0; i < list.items().size(); i++) {
      if (!(list.items().get(i) instanceof Scalar item) || item.isNull()) {
        throw Mistake.at(
            list.items().get(i).position(), path + "." + key + "." + i, "must be a string");
      }
      int at = separatorIn(item.text(), key, separator);
      String name = at < 0 ? item.text() : item.text().substring(0, at);
      Value value =
          at < 0
              ? nameAlone(key, item)
              : Scalar.text(item.text().substring(at + 1), item.position());
      boolean isFurther = key.equals("extra_hosts") && pairs.has(name);
      pairs =
          pairs.with(
              name,
              item.position(),
              isFurther ? further(pairs.find(name).orElseThrow(), value) : value);
    }
    return owner.with(key, owner.keyPosition(key), pairs);
  }

  /** A host may have several addresses. */
  private static Sequence further(Value before, Value value) {
    List<Value> all = new ArrayList<>();
    if (before instanceof Sequence list) {
      all.addAll(list.items());
    } else {
      all.add(before);
    }
    all.add(value);
    return Sequence.of(all, value.position());
  }

  private static int separatorIn(String text, String key, String separator) {
    int at = text.indexOf(separator);
    return at < 0 && key.equals("extra_hosts") ? text.indexOf(':') : at;
  }

  /** A variable without a value is the caller's; any other name without one has the empty text. */
  private static Scalar nameAlone(String key, Scalar item) {
    return key.equals("environment") || key.equals("args")
        ? Scalar.nothing(item.position())
        : Scalar.text("", item.position());
  }

  private static Mapping list(Mapping owner, String key) {
    return owner.find(key).orElse(null) instanceof Scalar scalar && !scalar.isNull()
        ? owner.with(key, new Sequence(List.of(scalar), scalar.position(), scalar.directive()))
        : owner;
  }

  private static Mapping single(Mapping owner, String key, String member) {
    return owner.find(key).orElse(null) instanceof Scalar scalar && !scalar.isNull()
        ? owner.with(key, Mapping.empty(scalar.position(), scalar.directive()).with(member, scalar))
        : owner;
  }

  private Mapping build(Mapping service, String path) {
    Mapping done = single(service, "build", "context");
    if (!(done.find("build").orElse(null) instanceof Mapping build)) {
      return done;
    }
    build = pairs(build, "args", path + ".build", "=");
    build = pairs(build, "labels", path + ".build", "=");
    build = pairs(build, "extra_hosts", path + ".build", "=");
    build = references(build, "secrets");
    String context =
        build.find("context").orElse(null) instanceof Scalar given && !given.isNull()
            ? given.text()
            : ".";
    if (!context.contains("://")) {
      build = build.with("context", MountForm.absolute(context, base));
    }
    return done.with("build", build);
  }

  private interface Item {
    Value of(Scalar text);
  }

  /** A list of names as a mapping. */
  private static Mapping names(Mapping owner, String key, Item item) {
    if (!(owner.find(key).orElse(null) instanceof Sequence list)) {
      return owner;
    }
    Mapping names = Mapping.empty(list.position(), list.directive());
    for (Value value : list.items()) {
      if (!(value instanceof Scalar text) || text.isNull()) {
        throw Mistake.at(value.position(), key, "must be a list of names");
      }
      names = names.with(text.text(), text.position(), item.of(text));
    }
    return owner.with(key, owner.keyPosition(key), names);
  }

  private Value dependency(Scalar text) {
    return Mapping.empty(text.position())
        .with("condition", "service_started")
        .with("required", Scalar.flag(true, text.position()));
  }

  private Mapping environmentFiles(Mapping service) {
    Mapping done = list(service, "env_file");
    if (!(done.find("env_file").orElse(null) instanceof Sequence files)) {
      return done;
    }
    List<Value> items = new ArrayList<>();
    for (Value item : files.items()) {
      Mapping file = item instanceof Mapping mapping ? mapping : Mapping.empty(item.position());
      if (item instanceof Scalar path) {
        file = file.with("path", path);
      }
      if (file.find("path").orElse(null) instanceof Scalar path) {
        file = file.with("path", path.withText(MountForm.absolute(path.text(), base)));
      }
      items.add(file);
    }
    return done.with("env_file", files.withItems(items));
  }

  private static Mapping references(Mapping owner, String key) {
    if (!(owner.find(key).orElse(null) instanceof Sequence list)) {
      return owner;
    }
    List<Value> items = new ArrayList<>();
    for (Value item : list.items()) {
      items.add(
          item instanceof Scalar text && !text.isNull()
              ? Mapping.empty(text.position()).with("source", text)
              : item);
    }
    return owner.with(key, list.withItems(items));
  }

  private static Mapping ports(Mapping service, String path) {
    if (!(service.find("ports").orElse(null) instanceof Sequence list)) {
      return service;
    }
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      Value item = list.items().get(i);
      if (item instanceof Scalar text) {
        items.addAll(PortForm.parse(text.text(), text.position(), path + ".ports." + i));
      } else if (item instanceof Mapping port) {
        Mapping whole = port.has("mode") ? port : port.with("mode", "ingress");
        items.add(whole.has("protocol") ? whole : whole.with("protocol", "tcp"));
      } else {
        throw Mistake.at(item.position(), path + ".ports." + i, "must be a string or a mapping");
      }
    }
    return service.with("ports", list.withItems(items));
  }

  private Mapping volumes(Mapping service, String path) {
    if (!(service.find("volumes").orElse(null) instanceof Sequence list)) {
      return service;
    }
    List<Value> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      Value item = list.items().get(i);
      String at = path + ".volumes." + i;
      if (item instanceof Scalar text) {
        items.add(MountForm.parse(text.text(), text.position(), at, base));
      } else if (item instanceof Mapping mount) {
        boolean isBind =
            mount.find("type").orElse(null) instanceof Scalar type && type.text().equals("bind");
        items.add(
            isBind && mount.find("source").orElse(null) instanceof Scalar source
                ? mount.with("source", source.withText(MountForm.absolute(source.text(), base)))
                : mount);
      } else {
        throw Mistake.at(item.position(), at, "must be a string or a mapping");
      }
    }
    return service.with("volumes", list.withItems(items));
  }

  private static Mapping healthcheck(Mapping service) {
    if (service.find("healthcheck").orElse(null) instanceof Mapping check
        && check.find("test").orElse(null) instanceof Scalar test
        && !test.isNull()) {
      return service.with(
          "healthcheck",
          check.with("test", Sequence.texts(List.of("CMD-SHELL", test.text()), test.position())));
    }
    return service;
  }

  private Mapping extendedFile(Mapping service) {
    if (service.find("extends").orElse(null) instanceof Mapping parent
        && parent.find("file").orElse(null) instanceof Scalar file) {
      String path = MountForm.absolute(file.text(), base);
      return service.with("extends", parent.with("file", file.withText(path)));
    }
    return service;
  }
}
