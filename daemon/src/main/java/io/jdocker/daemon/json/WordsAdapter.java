package io.jdocker.daemon.json;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code ["a","b"]} and {@code "a"}; writes the first form. */
final class WordsAdapter extends TypeAdapter<Words> {
  @Override
  public Words read(JsonReader in) throws IOException {
    List<String> words = new ArrayList<>();
    if (in.peek() == JsonToken.STRING) {
      words.add(in.nextString());
      return new Words(words);
    }
    in.beginArray();
    while (in.hasNext()) {
      words.add(in.nextString());
    }
    in.endArray();
    return new Words(words);
  }

  @Override
  public void write(JsonWriter out, Words value) throws IOException {
    out.beginArray();
    for (String word : value.words()) {
      out.value(word);
    }
    out.endArray();
  }
}
