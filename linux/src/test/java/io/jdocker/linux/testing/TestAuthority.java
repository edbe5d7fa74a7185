package io.jdocker.linux.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes certificates in a folder, with openssl: {@code ca.pem}, and a NAME.pem with NAME.key. */
public final class TestAuthority {
  private final Path folder;

  private TestAuthority(Path folder) {
    this.folder = folder;
  }

  /** An authority with files of its own. */
  public static TestAuthority in(Path folder) throws IOException, InterruptedException {
    TestAuthority authority = new TestAuthority(folder);
    authority.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=ca"
            + " -keyout ca.key -out ca.pem");
    return authority;
  }

  /** Where the files are. */
  public Path folder() {
    return folder;
  }

  /**
   * Makes a certificate for a host, good for either end of a connection.
   *
   * @param kind rsa or ec
   */
  public void issue(String name, String kind, String host)
      throws IOException, InterruptedException {
    String key = kind.equals("ec") ? "ec -pkeyopt ec_paramgen_curve:P-256" : "rsa:2048";
    openssl(
        "req -newkey "
            + key
            + " -nodes -subj /CN="
            + host
            + " -keyout "
            + name
            + ".key -out "
            + name
            + ".csr");
    Files.writeString(
        folder.resolve(name + ".ext"), "subjectAltName=DNS:" + host + ",IP:127.0.0.1\n");
    openssl(
        "x509 -req -days 30 -CA ca.pem -CAkey ca.key -CAcreateserial -in "
            + name
            + ".csr -extfile "
            + name
            + ".ext -out "
            + name
            + ".pem");
  }

  private void openssl(String arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(("openssl " + arguments).split(" ", -1))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("openssl " + arguments + ": " + said);
    }
  }
}
