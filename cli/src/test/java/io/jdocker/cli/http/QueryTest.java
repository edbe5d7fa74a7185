package io.jdocker.cli.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QueryTest {
  @Test
  void leavesOutWhatIsEmpty() {
    assertEquals(
        "/containers/json?all=1&filters=%7B%22a%22%3A1%7D",
        Query.of("/containers/json")
            .when(true, "all")
            .when(false, "size")
            .with("limit", "")
            .with("filters", "{\"a\":1}")
            .toString());
  }

  @Test
  void encodesBytesOfUtf8() {
    assertEquals("/x?n=%C3%A4%20%26%3D%2B", Query.of("/x").with("n", "ä &=+").toString());
  }

  @Test
  void imageNamesStandInPathsAsTheyAre() {
    assertEquals(
        "/images/host:5000/a/b:1@sha256:ab/json",
        Query.of("/images/", "host:5000/a/b:1@sha256:ab", "/json").toString());
    assertEquals("/images/a%3Fb%20c/json", Query.of("/images/", "a?b c", "/json").toString());
  }
}
