package io.jdocker.cli.container.request;

import com.google.gson.JsonArray;
import io.jdocker.cli.json.JsonBody;
import io.jdocker.cli.option.FlagValues;
import java.util.List;

/** Weights and rates of block devices: {@code --blkio-weight-device}, {@code --device-read-bps}. */
final class BlockIoSpec {
  private static final String WEIGHT = "--blkio-weight-device";
  private static final int MIN_WEIGHT = 10;
  private static final int MAX_WEIGHT = 1000;

  private BlockIoSpec() {}

  /** {@code /dev/sda:200}. */
  static JsonArray weights(List<String> texts) {
    JsonArray weights = new JsonArray();
    for (String text : texts) {
      int colon = colon(WEIGHT, text);
      String weight = text.substring(colon + 1);
      if (!isWeight(weight)) {
        throw Refusal.ofArgument(text, WEIGHT, "invalid weight for device: " + text);
      }
      weights.add(
          new JsonBody()
              .text("Path", text.substring(0, colon))
              .number("Weight", Integer.parseInt(weight))
              .build());
    }
    return weights;
  }

  private static boolean isWeight(String text) {
    if (!text.matches("\\d{1,5}")) {
      return false;
    }
    int weight = Integer.parseInt(text);
    return weight == 0 || (weight >= MIN_WEIGHT && weight <= MAX_WEIGHT);
  }

  /**
   * {@code /dev/sda:1m}.
   *
   * @param inBytes a rate with a unit, else a plain number
   */
  static JsonArray rates(List<String> texts, String flag, boolean inBytes) {
    JsonArray rates = new JsonArray();
    for (String text : texts) {
      int colon = colon(flag, text);
      rates.add(
          new JsonBody()
              .text("Path", text.substring(0, colon))
              .number("Rate", rate(text, colon, flag, inBytes))
              .build());
    }
    return rates;
  }

  private static long rate(String text, int colon, String flag, boolean inBytes) {
    String number = text.substring(colon + 1);
    try {
      if (inBytes) {
        return FlagValues.parseBytes(number);
      }
      if (number.matches("\\d+")) {
        return Long.parseLong(number);
      }
    } catch (IllegalArgumentException e) {
      // Told below, in the words for every wrong rate.
    }
    throw Refusal.ofArgument(
        text,
        flag,
        "invalid rate for device: "
            + text
            + ". The correct format is <device-path>:<number>"
            + (inBytes ? "[<unit>]" : "")
            + ". Number must be a positive integer"
            + (inBytes ? ". Unit is optional and can be kb, mb, or gb" : ""));
  }

  private static int colon(String flag, String text) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw Refusal.ofArgument(text, flag, "bad format: " + text);
    }
    if (!text.startsWith("/dev/")) {
      throw Refusal.ofArgument(text, flag, "bad format for device path: " + text);
    }
    return colon;
  }
}
