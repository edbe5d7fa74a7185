package io.jdocker.daemon.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  @TempDir Path folder;

  private static Handler say(String route) {
    return exchange -> exchange.text(200, route + " " + exchange.parameter());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /containers/json, list",
    "GET, /containers/a1/json, inspect a1",
    "GET, /v1.51/containers/a1/json, inspect a1",
    "DELETE, /containers/a1, remove a1",
    "GET, /images/json, images",
    "GET, /images/bb/json, image bb",
    "GET, /images/127.0.0.1:5055/bb/json, image 127.0.0.1:5055/bb",
    "GET, /images/127.0.0.1:5055%2Fbb%3A1/json, image 127.0.0.1:5055/bb:1",
    "POST, /images/127.0.0.1:5055/bb/push?tag=1, push 127.0.0.1:5055/bb",
    "DELETE, /images/a/b/c@sha256:00, rmi a/b/c@sha256:00",
    "GET, /images/a+b/json, image a+b",
    "GET, /containers/a/b/json, 404",
    "GET, /containers//json, 404",
    "GET, /containers/a1, 404",
    "PUT, /containers/json, 404",
    "GET, /v1/containers/json, 400",
    "GET, /volumes/json, 404",
    "GET, /volumes/v1.51, volume v1.51",
  })
  void findsTheHandler(String method, String path, String expected) throws IOException {
    Router router =
        new Router()
            .add("GET", "/containers/json", say("list"))
            .add("GET", "/containers/{id}/json", say("inspect"))
            .add("DELETE", "/containers/{id}", say("remove"))
            .add("GET", "/images/json", say("images"))
            .add("GET", "/images/{name...}/json", say("image"))
            .add("POST", "/images/{name...}/push", say("push"))
            .add("DELETE", "/images/{name...}", say("rmi"))
            .add("GET", "/volumes/json", exchange -> exchange.empty(404))
            .add("GET", "/volumes/{name}", say("volume"));
    try (HttpFixture http = new HttpFixture(folder, router);
        RawClient client = http.connect()) {
      client.send(method + " " + path + " HTTP/1.1\r\n\r\n");
      String head = client.head();
      String status = head.substring(9, 12);
      assertEquals(expected, status.equals("200") ? client.body(head).strip() : status);
    }
  }

  @Test
  void twoHandlersForOnePathAreABug() {
    Router router = new Router().add("GET", "/a", say("a"));
    assertThrows(IllegalArgumentException.class, () -> router.add("GET", "/a", say("b")));
  }
}
