package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryRefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "404|{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}"
            + "|MANIFEST_UNKNOWN|manifest unknown: manifest unknown",
        "403|{\"errors\":[{\"code\":\"denied\",\"message\":\"no\"}]}|DENIED|denied: no",
        "400|{\"errors\":[{\"code\":\"TAG_INVALID\"}]}|TAG_INVALID|tag invalid",
        "401|{\"details\":\"incorrect username or password\"}||incorrect username or password",
        "401|``|UNAUTHORIZED|unauthorized: authentication required",
        "403|<html>|DENIED|denied: requested access to the resource is denied: <html>",
        "429|``|TOOMANYREQUESTS|toomanyrequests: too many requests",
        "500|{\"errors\":[]}||received unexpected HTTP status: 500: {\"errors\":[]}",
        "502|[1]||received unexpected HTTP status: 502: [1]",
        "500|{\"errors\":[7]}||received unexpected HTTP status: 500: {\"errors\":[7]}"
      })
  void saysWhatTheRegistrySaid(int status, String body, String code, String message) {
    RegistryRefusal refusal = RegistryRefusal.of(status, body == null ? "" : body);
    assertEquals(message, refusal.getMessage());
    assertEquals(code == null ? "" : code, refusal.code());
    assertEquals(status, refusal.status());
  }

  @Test
  void itsWordsCannotPaintTheTerminal() {
    String message =
        RegistryRefusal.of(
                500,
                "{\"errors\":[{\"code\":\"X\",\"message\":\"a\\u001b[2Jb\\nc"
                    + "d".repeat(999)
                    + "\"}]}")
            .getMessage();
    assertFalse(message.contains("\u001b"));
    assertFalse(message.contains("\n"));
    assertTrue(message.length() < 400, "and are not without end");
  }

  @Test
  void deniedIsWhateverALoginMightMend() {
    assertTrue(RegistryRefusal.of(401, "").isDenied());
    assertTrue(RegistryRefusal.of(403, "{}").isDenied());
    assertFalse(RegistryRefusal.of(404, "").isDenied());
  }
}
