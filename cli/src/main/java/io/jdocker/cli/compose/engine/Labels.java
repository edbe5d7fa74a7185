package io.jdocker.cli.compose.engine;

/** The labels by which docker compose and we know what belongs to a project. */
public final class Labels {
  public static final String PROJECT = "com.docker.compose.project";
  public static final String SERVICE = "com.docker.compose.service";
  public static final String NUMBER = "com.docker.compose.container-number";
  public static final String ONE_OFF = "com.docker.compose.oneoff";
  public static final String HASH = "com.docker.compose.config-hash";
  public static final String IMAGE = "com.docker.compose.image";
  public static final String FILES = "com.docker.compose.project.config_files";
  public static final String DIRECTORY = "com.docker.compose.project.working_dir";
  public static final String ENVIRONMENT_FILE = "com.docker.compose.project.environment_file";
  public static final String DEPENDS_ON = "com.docker.compose.depends_on";
  public static final String VERSION = "com.docker.compose.version";
  public static final String NETWORK = "com.docker.compose.network";
  public static final String VOLUME = "com.docker.compose.volume";

  private Labels() {}

  /** The condition of a list's filter. */
  public static String filter(String label, String value) {
    return "label=" + label + "=" + value;
  }
}
