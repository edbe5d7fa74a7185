package io.jdocker.cli.registry;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.image.ImageName;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonText;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker manifest inspect}: what a registry has under a name, without pulling it. */
public final class ManifestInspectVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "manifest inspect",
        "[OPTIONS] MANIFEST",
        "Display an image manifest, or manifest list",
        ArgumentCount.exactly(1),
        new FlagTable()
            .add(FlagKind.BOOL, 'v', "verbose", "Output additional info including its digest"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String image = line.argument(0);
    ImageName.check(image);
    ApiObject found;
    try (Response response =
        session
            .api()
            .open(
                "GET",
                Query.of("/jdocker/manifests/", image, ""),
                RegistryAccess.fields(session, image))) {
      found = ApiObject.of(JsonParser.parseString(response.text()));
    }
    JsonElement manifest = JsonParser.parseString(found.text("Raw"));
    if (line.isSet("verbose")) {
      JsonObject whole = new JsonObject();
      whole.addProperty("Ref", ImageName.full(image));
      whole.add("Descriptor", found.object("Descriptor").json());
      whole.add("Manifest", manifest);
      manifest = whole;
    }
    session.console().printLine(JsonText.pretty(manifest));
    return 0;
  }
}
