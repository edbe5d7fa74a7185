package io.jdocker.runtime.build;

import io.jdocker.images.Platform;
import io.jdocker.images.dockerfile.Instruction;
import io.jdocker.images.dockerfile.VariableExpander;
import io.jdocker.linux.failure.Unsupported;

/** What a FROM line means once its variables are replaced. */
final class BaseName {
  private BaseName() {}

  static String expand(BuildScope scope, String text) {
    return new VariableExpander(scope.file().escape(), scope.arguments()::global).expand(text);
  }

  /**
   * The platform that it asks for.
   *
   * @throws Unsupported when this machine cannot run it
   */
  static Platform platform(BuildScope scope, Instruction.From from) {
    String text = expand(scope, from.platform());
    if (text.isEmpty()) {
      return Platform.host();
    }
    Platform platform = Platform.parse(text);
    if (!platform.architecture().equals(Platform.host().architecture())
        || !platform.os().equals(Platform.host().os())) {
      throw new Unsupported(
          "cannot build for " + platform + " on " + Platform.host() + ": there is no emulation");
    }
    return platform;
  }
}
