package io.jdocker.images.registry;

/** Who asks a registry. They print without their secrets, as exceptions and logs might. */
public sealed interface Credentials {
  /** Nobody in particular. */
  record Anonymous() implements Credentials {}

  /** A name and a password, or an access token in its place. */
  record Password(String user, String secret) implements Credentials {
    @Override
    public String toString() {
      return "password of " + user;
    }
  }

  /** What a login gave in the password's stead: exchanged for tokens by OAuth2. */
  record IdentityToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "identity token";
    }
  }

  /** A token to be sent as it is. */
  record RegistryToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "registry token";
    }
  }
}
