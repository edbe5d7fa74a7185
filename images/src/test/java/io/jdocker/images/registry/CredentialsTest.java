package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jdocker.images.registry.Credentials.IdentityToken;
import io.jdocker.images.registry.Credentials.Password;
import io.jdocker.images.registry.Credentials.RegistryToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CredentialsTest {
  @Test
  void secretsAreNotPrinted() {
    List<Credentials> all =
        List.of(
            new Password("user", "hunter2"),
            new IdentityToken("hunter2"),
            new RegistryToken("hunter2"));
    for (Credentials credentials : all) {
      assertFalse(credentials.toString().contains("hunter2"), credentials.toString());
      assertFalse(List.of(credentials).toString().contains("hunter2"));
    }
    assertFalse(
        new PushRequest(io.jdocker.images.ImageReference.parse("a"), all.get(0))
            .toString()
            .contains("hunter2"));
  }

  /** RFC 7617, section 2 and 2.1: the first colon parts them, and the text is UTF-8. */
  @ParameterizedTest
  @CsvSource({
    "Aladdin, open sesame, QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
    "test, 123\u00a3, dGVzdDoxMjPCow==",
    "user, a:b, dXNlcjphOmI=",
    "user, '', dXNlcjo=",
  })
  void basicIsRfc7617s(String user, String secret, String expected) {
    assertEquals("Basic " + expected, BasicAuthorization.of(new Password(user, secret)));
  }

  @Test
  void aLongSecretIsOnOneLine() {
    String value = BasicAuthorization.of(new Password("u", "s".repeat(500)));
    assertFalse(value.contains("\n"));
    byte[] decoded = Base64.getDecoder().decode(value.substring("Basic ".length()));
    assertEquals("u:" + "s".repeat(500), new String(decoded, StandardCharsets.UTF_8));
  }

  @Test
  void aScopeSaysWhatATokenIsFor() {
    assertEquals(List.of(), Scope.none().texts());
    assertEquals(List.of("repository:a/b:pull"), Scope.pull("a/b").texts());
    assertEquals(List.of("repository:a/b:pull,push"), Scope.push("a/b").texts());
    Scope push = Scope.push("a/b");
    assertEquals(
        List.of("repository:a/b:pull,push", "repository:c/d:pull"), push.andPull("c/d").texts());
    assertEquals(1, push.texts().size(), "the first is as it was");
  }
}
