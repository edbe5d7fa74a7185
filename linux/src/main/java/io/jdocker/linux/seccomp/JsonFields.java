package io.jdocker.linux.seccomp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.jdocker.linux.failure.InvalidArgument;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A JSON object whose fields are read with the types they must have. A field that is null reads as
 * one that is absent, since Docker's own profile is written so.
 *
 * @param where its place in the document, for errors: {@code syscalls[3].args[0]}
 */
record JsonFields(JsonObject object, String where) {
  void allowOnly(Set<String> known) {
    for (String name : object.keySet()) {
      if (!known.contains(name)) {
        throw new InvalidArgument(where + " has an unknown field \"" + name + "\"");
      }
    }
  }

  private boolean isAbsent(String name) {
    return !object.has(name) || object.get(name).isJsonNull();
  }

  String requiredText(String name) {
    String text = text(name, "");
    if (text.isEmpty()) {
      throw new InvalidArgument(where + " has no \"" + name + "\"");
    }
    return text;
  }

  String text(String name, String otherwise) {
    return isAbsent(name) ? otherwise : text(object.get(name), name);
  }

  private String text(JsonElement element, String name) {
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
      throw wrong(name, "a string");
    }
    return element.getAsString();
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : array(name)) {
      texts.add(text(element, name));
    }
    return texts;
  }

  private JsonArray array(String name) {
    if (isAbsent(name)) {
      return new JsonArray();
    }
    if (!object.get(name).isJsonArray()) {
      throw wrong(name, "an array");
    }
    return object.get(name).getAsJsonArray();
  }

  List<JsonFields> objects(String name) {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonElement element : array(name)) {
      if (!element.isJsonObject()) {
        throw wrong(name, "an array of objects");
      }
      String place = where + "." + name + "[" + objects.size() + "]";
      objects.add(new JsonFields(element.getAsJsonObject(), place));
    }
    return objects;
  }

  /** An absent object reads as an empty one. */
  JsonFields object(String name) {
    if (isAbsent(name)) {
      return new JsonFields(new JsonObject(), where + "." + name);
    }
    if (!object.get(name).isJsonObject()) {
      throw wrong(name, "an object");
    }
    return new JsonFields(object.get(name).getAsJsonObject(), where + "." + name);
  }

  int integer(String name, int otherwise) {
    if (isAbsent(name)) {
      return otherwise;
    }
    BigInteger number = number(name);
    if (number.bitLength() >= Integer.SIZE) {
      throw wrong(name, "a smaller number");
    }
    return number.intValue();
  }

  /** An unsigned number of 64 bits; 0 where it is absent. */
  long unsigned(String name) {
    if (isAbsent(name)) {
      return 0;
    }
    BigInteger number = number(name);
    if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
      throw wrong(name, "an unsigned number of 64 bits");
    }
    return number.longValue();
  }

  private BigInteger number(String name) {
    JsonElement element = object.get(name);
    if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isNumber()) {
      throw wrong(name, "a number");
    }
    // Bounded before it is expanded: 1e999999999 would be a gigabyte of digits.
    if (!element.getAsString().matches("-?\\d{1,20}")) {
      throw wrong(name, "an integer");
    }
    return new BigInteger(element.getAsString());
  }

  private InvalidArgument wrong(String name, String expected) {
    return new InvalidArgument(where + "." + name + " is not " + expected);
  }
}
