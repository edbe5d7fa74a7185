package io.jdocker.linux.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that openssl wrote, and files that it did not. */
class TlsFilesTest {
  @TempDir static Path folder;
  private static TestAuthority authority;

  @BeforeAll
  static void certify() throws Exception {
    authority = TestAuthority.in(folder);
  }

  private static TlsFiles files(String ca, String certificate, String key) {
    return new TlsFiles(
        Optional.of(ca).filter(name -> !name.isEmpty()).map(folder::resolve),
        Optional.of(certificate).filter(name -> !name.isEmpty()).map(folder::resolve),
        Optional.of(key).filter(name -> !name.isEmpty()).map(folder::resolve));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec"})
  void aCertificateOfEitherKindIsRead(String kind) throws Exception {
    authority.issue(kind, kind, "localhost");
    assertEquals("TLS", files("ca.pem", kind + ".pem", kind + ".key").context().getProtocol());
  }

  @Test
  void nothingAtAllIsAClientThatVerifiesNobody() {
    assertEquals("TLS", files("", "", "").context().getProtocol());
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() throws Exception {
    authority.issue("alone", "ec", "localhost");
    for (TlsFiles half : new TlsFiles[] {files("", "alone.pem", ""), files("", "", "alone.key")}) {
      assertTrue(refusal(half).contains("one is missing"), refusal(half));
    }
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    Files.writeString(folder.resolve("empty"), "");
    Files.writeString(folder.resolve("rubbish"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
    for (String bad : new String[] {"nosuch", "empty", "rubbish"}) {
      String said = refusal(files(bad, "", ""));
      assertTrue(said.contains(folder.resolve(bad).toString()), said);
    }
  }

  private static String refusal(TlsFiles files) {
    return assertThrows(InvalidArgument.class, files::context).getMessage();
  }
}
