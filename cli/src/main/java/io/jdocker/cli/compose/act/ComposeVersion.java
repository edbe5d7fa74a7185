package io.jdocker.cli.compose.act;

/** The docker compose whose behaviour is followed: containers carry it as a label. */
public final class ComposeVersion {
  public static final String TEXT = "2.39.0";

  private ComposeVersion() {}
}
