package io.jdocker.cli.compose.engine;

import io.jdocker.cli.json.ApiObject;
import java.util.List;
import java.util.Map;

/**
 * A container of a project.
 *
 * @param number from 1, within its service
 * @param hash of the configuration it was made from; empty when it has none
 * @param state {@code running}, {@code exited}, ...
 */
public record ServiceContainer(
    String id,
    String name,
    String service,
    int number,
    boolean oneOff,
    String hash,
    String state,
    String image,
    Map<String, String> labels,
    ApiObject listed) {

  static ServiceContainer of(ApiObject listed) {
    Map<String, String> labels = listed.map("Labels");
    String number = labels.getOrDefault(Labels.NUMBER, "");
    return new ServiceContainer(
        listed.text("Id"),
        name(listed.texts("Names")),
        labels.getOrDefault(Labels.SERVICE, ""),
        number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0,
        labels.getOrDefault(Labels.ONE_OFF, "False").equals("True"),
        labels.getOrDefault(Labels.HASH, ""),
        listed.text("State"),
        listed.text("Image"),
        labels,
        listed);
  }

  /** The name without its slash; links add names with a second one. */
  private static String name(List<String> names) {
    for (String name : names) {
      String bare = name.startsWith("/") ? name.substring(1) : name;
      if (bare.indexOf('/') < 0) {
        return bare;
      }
    }
    return "";
  }

  public boolean isRunning() {
    return state.equals("running");
  }

  /** The name without the project's: {@code web-1}. */
  public String shortName(String project) {
    return name.startsWith(project + "-") ? name.substring(project.length() + 1) : name;
  }
}
