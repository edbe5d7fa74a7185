package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.linux.failure.Unsupported;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ADD fetches by its address. */
final class RemoteSourceTest {
  /** Of the text {@code content}. */
  private static final String CHECKSUM =
      "sha256:ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

  @TempDir Path folder;
  private HttpServer server;
  private Path file;

  @BeforeEach
  void serve() throws IOException {
    file = folder.resolve("fetched");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/file", 200, "content");
    answer("/gone", 404, "no such file");
    answer("/broken", 500, "sorry");
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/file");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.start();
  }

  private void answer(String path, int status, String text) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/file", "/moved"})
  void aFileIsFetched(String path) throws IOException {
    RemoteSource.fetch(url(path), "", file);
    assertEquals("content", Files.readString(file));
  }

  @Test
  void aChecksumIsChecked() throws IOException {
    RemoteSource.fetch(url("/file"), CHECKSUM, file);
    assertEquals("content", Files.readString(file));
    String other = CHECKSUM.replace('e', 'f');
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () -> RemoteSource.fetch(url("/file"), other, folder.resolve("second")));
    assertEquals("digest mismatch " + CHECKSUM + ": " + other, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"/gone, 404", "/broken, 500"})
  void anythingButAFileIsAnError(String path, int status) {
    InvalidArgument e =
        assertThrows(InvalidArgument.class, () -> RemoteSource.fetch(url(path), "", file));
    assertEquals("ADD failed: " + url(path) + " answered with status " + status, e.getMessage());
    assertFalse(Files.exists(file), "the page of an error was taken for the file");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    String gone = url("/file");
    server.stop(0);
    Unavailable e = assertThrows(Unavailable.class, () -> RemoteSource.fetch(gone, "", file));
    assertTrue(e.getMessage().startsWith("ADD failed: cannot fetch " + gone), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a, a",
    "https://h/a/b.tar.gz, b.tar.gz",
    "http://h/a?b=c/d, a",
    "http://h/a#b/c, a",
    "http://h/a%20b, a b",
    "http://h:80/x/a, a",
  })
  void itsNameIsThePathsLastPart(String address, String name) {
    assertEquals(name, RemoteSource.name(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h", "http://h/", "http://h/a/", "http://h?a=b"})
  void anAddressMayHaveNoName(String address) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> RemoteSource.name(address));
    assertEquals("cannot determine filename for source " + address, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "http://h/a, true",
    "https://h/a, true",
    "HTTP, false",
    "http:/h, false",
    "a/http://h, false",
    "ftp://h/a, false",
    "httpd.conf, false",
  })
  void onlyTheWebHasAddresses(String source, boolean expected) {
    assertEquals(expected, RemoteSource.isAddress(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git@github.com:a/b.git",
        "git://h/a",
        "ssh://h/a",
        "https://h/a.git",
        "https://h/a.git#main",
        "http://h/a.git#v1:sub"
      })
  void aRepositoryIsRefused(String source) {
    Unsupported e = assertThrows(Unsupported.class, () -> RemoteSource.refuseGit(source));
    assertEquals("ADD of a git repository is not supported: " + source, e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h/a", "a.git", "github.com/a", "https://h/a.git/b", "git"})
  void otherSourcesAreNone(String source) {
    assertDoesNotThrow(() -> RemoteSource.refuseGit(source));
  }
}
