package io.jdocker.daemon.http;

/** Makes filters for tests of other packages. */
public final class ExposedFilters {
  private ExposedFilters() {}

  public static Filters parse(String text) {
    return Filters.parse(text);
  }
}
