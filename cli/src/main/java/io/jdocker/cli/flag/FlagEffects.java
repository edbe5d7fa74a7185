package io.jdocker.cli.flag;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of {@link FlagEffect}s, in the order of their names. */
public record FlagEffects(List<FlagEffect> all) {
  private static final String TABLE = "effects.txt";

  public FlagEffects {
    all = List.copyOf(all);
  }

  /** Reads the table that comes with the program. */
  public static FlagEffects load() throws IOException {
    try (InputStream table = FlagEffects.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IOException("this program was packed without " + TABLE);
      }
      List<FlagEffect> effects = new ArrayList<>();
      new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .forEach(line -> effects.add(FlagEffect.parse(line)));
      return new FlagEffects(effects);
    }
  }

  /** By long name, with or without the dashes. */
  public Optional<FlagEffect> find(String name) {
    String bare = name.startsWith("--") ? name.substring(2) : name;
    return all.stream().filter(effect -> effect.flag().equals(bare)).findFirst();
  }
}
