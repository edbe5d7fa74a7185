package io.jdocker.junit;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** A {@code NAME=value} of an annotation. */
record Variable(String name, String value) {
  static Variable parse(String field, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new ExtensionConfigurationException(
          "\"" + text + "\" of " + field + " is not of the form NAME=value");
    }
    return new Variable(text.substring(0, equals), text.substring(equals + 1));
  }
}
