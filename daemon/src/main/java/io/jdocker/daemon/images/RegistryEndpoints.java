package io.jdocker.daemon.images;

import com.google.gson.JsonObject;
import io.jdocker.daemon.http.Exchange;
import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.Query;
import io.jdocker.daemon.json.Key;
import io.jdocker.daemon.json.OmitEmpty;
import io.jdocker.images.ImageReference;
import io.jdocker.images.Platform;
import io.jdocker.images.registry.Credentials;
import io.jdocker.images.registry.Inspected;
import io.jdocker.images.registry.SearchResult;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.Engine;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What asks a registry and changes nothing here: login, search, and looking at a manifest. */
final class RegistryEndpoints {
  private static final int SEARCH_LIMIT = 25;
  private static final int MAX_SEARCH = 100;

  private final Supplier<Engine> engine;

  RegistryEndpoints(Supplier<Engine> engine) {
    this.engine = engine;
  }

  /** The body of a login, and of X-Registry-Auth. */
  record AuthRequest(
      @Key("username") String username,
      @Key("password") String password,
      @Key("identitytoken") String identityToken,
      @Key("serveraddress") String serverAddress) {}

  record LoggedIn(String status, String identityToken) {}

  record DescriptorDocument(
      @Key("mediaType") String mediaType, @Key("digest") String digest, @Key("size") long size) {}

  record PlatformDocument(
      @Key("architecture") String architecture,
      @Key("os") String os,
      @Key("variant") @OmitEmpty String variant) {
    static PlatformDocument of(Platform platform) {
      return new PlatformDocument(platform.architecture(), platform.os(), platform.variant());
    }
  }

  record Distribution(DescriptorDocument descriptor, List<PlatformDocument> platforms) {}

  /** The whole of a manifest; {@code raw} is JSON in a text, so that no byte changes. */
  record RawManifest(DescriptorDocument descriptor, String raw) {}

  record Found(
      @Key("star_count") long stars,
      @Key("is_official") boolean official,
      @Key("name") String name,
      @Key("is_automated") boolean automated,
      @Key("description") String description) {
    static Found of(SearchResult result) {
      return new Found(
          result.stars(), result.official(), result.name(), false, result.description());
    }
  }

  void login(Exchange exchange) throws IOException {
    AuthRequest request = exchange.body(AuthRequest.class);
    JsonObject fields = new JsonObject();
    fields.addProperty("username", request.username());
    fields.addProperty("password", request.password());
    fields.addProperty("identitytoken", request.identityToken());
    Credentials credentials = RegistryAuth.read(fields);
    String identity =
        engine.get().registries().login(request.serverAddress(), credentials).orElse("");
    exchange.json(200, new LoggedIn("Login Succeeded", identity));
  }

  void search(Exchange exchange) throws IOException {
    Query query = exchange.query();
    String term =
        query.text("term").orElseThrow(() -> new InvalidArgument("the parameter term is missing"));
    int limit = limit(query.text("limit").orElse(""));
    Filters filters = Filters.of(query, Set.of("is-official", "is-automated", "stars"));
    long stars = filters.get("stars").stream().mapToLong(RegistryEndpoints::number).max().orElse(0);
    exchange.json(
        200,
        engine.get().registries().search(term, limit, RegistryAuth.of(exchange)).stream()
            .filter(r -> filters.flag("is-official").map(w -> w == r.official()).orElse(true))
            .filter(r -> filters.flag("is-automated").map(w -> w == r.automated()).orElse(true))
            .filter(r -> r.stars() >= stars)
            .map(Found::of)
            .toList());
  }

  private static long number(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new InvalidArgument("invalid filter 'stars=" + text + "'");
    }
    return Long.parseLong(text);
  }

  private static int limit(String text) {
    long limit = text.isEmpty() || text.equals("0") ? SEARCH_LIMIT : -1;
    if (limit < 0 && text.matches("[0-9]{1,4}")) {
      limit = Long.parseLong(text);
    }
    if (limit < 1 || limit > MAX_SEARCH) {
      throw new InvalidArgument(
          "invalid limit: " + text + ": must be a number between 1 and " + MAX_SEARCH);
    }
    return (int) limit;
  }

  void distribution(Exchange exchange) throws IOException {
    Inspected found = inspect(exchange);
    exchange.json(
        200,
        new Distribution(
            descriptor(found), found.platforms().stream().map(PlatformDocument::of).toList()));
  }

  void manifest(Exchange exchange) throws IOException {
    Inspected found = inspect(exchange);
    exchange.json(200, new RawManifest(descriptor(found), found.content()));
  }

  private Inspected inspect(Exchange exchange) {
    return engine
        .get()
        .registries()
        .inspect(ImageReference.parse(exchange.parameter()), RegistryAuth.of(exchange));
  }

  private static DescriptorDocument descriptor(Inspected found) {
    return new DescriptorDocument(
        found.descriptor().mediaType(),
        found.descriptor().digest().toString(),
        found.descriptor().size());
  }
}
