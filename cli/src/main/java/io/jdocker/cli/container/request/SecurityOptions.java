package io.jdocker.cli.container.request;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of {@code --security-opt}; a seccomp profile is read here, the daemon gets its text.
 */
final class SecurityOptions {
  private static final String SECCOMP = "seccomp";

  private SecurityOptions() {}

  static List<String> parse(List<String> texts) {
    List<String> options = new ArrayList<>();
    for (String text : texts) {
      int at = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
      String name = at < 0 ? text : text.substring(0, at);
      if (at < 0 && !name.equals("no-new-privileges") && !name.equals("disable")) {
        throw Refusal.of("Invalid --security-opt: \"" + text + "\"");
      }
      String value = at < 0 ? "" : text.substring(at + 1);
      boolean isFile =
          name.equals(SECCOMP) && !value.equals("unconfined") && !value.equals("builtin");
      options.add(isFile ? SECCOMP + "=" + profile(value) : text);
    }
    return options;
  }

  private static String profile(String file) {
    try {
      JsonElement profile = JsonParser.parseString(Files.readString(Path.of(file)));
      return profile.toString();
    } catch (NoSuchFileException e) {
      throw Refusal.of(
          "opening seccomp profile ("
              + file
              + ") failed: open "
              + file
              + ": no such file or directory");
    } catch (IOException e) {
      throw Refusal.of("opening seccomp profile (" + file + ") failed: " + e.getMessage());
    } catch (JsonParseException e) {
      throw Refusal.of(
          "compacting json for seccomp profile (" + file + ") failed: it is no JSON document");
    }
  }
}
