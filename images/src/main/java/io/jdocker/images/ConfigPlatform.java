package io.jdocker.images;

/** What an image's configuration says it runs on. */
public final class ConfigPlatform {
  private ConfigPlatform() {}

  /**
   * Reads it.
   *
   * @throws io.jdocker.linux.failure.InvalidArgument when the content is no configuration
   */
  public static Platform read(byte[] config) {
    ImageConfig read = ConfigReader.read(config);
    return new Platform(read.os(), read.architecture(), read.variant());
  }
}
