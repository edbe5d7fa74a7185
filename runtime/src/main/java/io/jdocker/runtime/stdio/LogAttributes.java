package io.jdocker.runtime.stdio;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a log's records say beside their text: the log options labels, env and tag. */
public final class LogAttributes {
  private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*(.*?)\\s*\\}\\}");
  private static final int SHORT_ID = 12;

  private LogAttributes() {}

  /**
   * The container they tell of.
   *
   * @param environment as {@code NAME=value}
   */
  public record Subject(
      String id,
      String name,
      String imageId,
      String imageName,
      List<String> command,
      Map<String, String> labels,
      List<String> environment) {}

  /** Refuses expressions that are none, and fields of a tag that nobody knows. */
  static void check(Map<String, String> options) {
    pattern(options, "labels-regex");
    pattern(options, "env-regex");
    Subject nobody = new Subject("", "", "", "", List.of(), Map.of(), List.of());
    tag(options.getOrDefault("tag", ""), nobody);
  }

  /** The attributes. */
  public static Map<String, String> of(Map<String, String> options, Subject subject) {
    Map<String, String> attributes = new TreeMap<>();
    Map<String, String> variables = new TreeMap<>();
    for (String variable : subject.environment()) {
      int equals = variable.indexOf('=');
      if (equals > 0) {
        variables.put(variable.substring(0, equals), variable.substring(equals + 1));
      }
    }
    pick(options, "labels", subject.labels(), attributes);
    pick(options, "env", variables, attributes);
    String tag = tag(options.getOrDefault("tag", ""), subject);
    if (!tag.isEmpty()) {
      attributes.put("tag", tag);
    }
    return attributes;
  }

  private static void pick(
      Map<String, String> options,
      String option,
      Map<String, String> from,
      Map<String, String> into) {
    for (String name : options.getOrDefault(option, "").split(",", -1)) {
      if (from.containsKey(name)) {
        into.put(name, from.get(name));
      }
    }
    String regex = option + "-regex";
    if (!options.getOrDefault(regex, "").isEmpty()) {
      Pattern pattern = pattern(options, regex);
      from.forEach(
          (name, value) -> {
            if (pattern.matcher(name).find()) {
              into.put(name, value);
            }
          });
    }
  }

  private static Pattern pattern(Map<String, String> options, String option) {
    try {
      return Pattern.compile(options.getOrDefault(option, ""));
    } catch (PatternSyntaxException e) {
      throw new InvalidArgument(
          "failed to initialize logging driver: error parsing regexp: "
              + e.getDescription()
              + ": `"
              + e.getPattern()
              + "`",
          e);
    }
  }

  private static String tag(String template, Subject subject) {
    Matcher field = FIELD.matcher(template);
    StringBuilder text = new StringBuilder();
    while (field.find()) {
      field.appendReplacement(
          text, Matcher.quoteReplacement(value(template, field.group(1), subject)));
    }
    return field.appendTail(text).toString();
  }

  private static String value(String template, String field, Subject subject) {
    return switch (field) {
      case ".ID" -> shortened(subject.id());
      case ".FullID" -> subject.id();
      case ".Name" -> subject.name();
      case ".ImageID" -> shortened(subject.imageId().substring(subject.imageId().indexOf(':') + 1));
      case ".ImageFullID" -> subject.imageId();
      case ".ImageName" -> subject.imageName();
      case ".Command" -> String.join(" ", subject.command());
      case ".DaemonName" -> "jdocker";
      default ->
          throw new InvalidArgument(
              "failed to initialize logging driver: template: log-tag:1:"
                  + template.indexOf(field)
                  + ": executing \"log-tag\" at <"
                  + field
                  + ">: can't evaluate field "
                  + field.substring(field.indexOf('.') + 1)
                  + " in type *logger.Info");
    };
  }

  private static String shortened(String id) {
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }
}
