package io.jdocker.cli.container.request;

import com.google.gson.JsonObject;
import io.jdocker.cli.json.JsonBody;

/** {@code --restart NAME[:COUNT]}. */
final class RestartPolicySpec {
  private static final String WRONG = "invalid restart policy format: ";

  private RestartPolicySpec() {}

  /**
   * The API's document; which names there are, the engine knows.
   *
   * @throws IllegalArgumentException with docker's message when it is of another form
   */
  static JsonObject parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String count = colon < 0 ? "" : text.substring(colon + 1);
    if (colon == 0) {
      throw new IllegalArgumentException(WRONG + "no policy provided before colon");
    }
    try {
      return new JsonBody()
          .text("Name", name)
          .number("MaximumRetryCount", count.isEmpty() ? 0 : Integer.parseInt(count))
          .build();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(WRONG + "maximum retry count must be an integer", e);
    }
  }
}
