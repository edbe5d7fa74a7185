package io.jdocker.images.registry;

import java.util.List;

/** What a token is to allow: {@code repository:library/busybox:pull}. */
record Scope(List<String> texts) {
  Scope {
    texts = List.copyOf(texts);
  }

  /** To log in: nothing beyond being known. */
  static Scope none() {
    return new Scope(List.of());
  }

  static Scope pull(String repository) {
    return new Scope(List.of("repository:" + repository + ":pull"));
  }

  /** Whoever writes also asks what is there already. */
  static Scope push(String repository) {
    return new Scope(List.of("repository:" + repository + ":pull,push"));
  }

  /** To write one repository with blobs of another. */
  Scope andPull(String other) {
    List<String> all = new java.util.ArrayList<>(texts);
    all.add("repository:" + other + ":pull");
    return new Scope(all);
  }
}
