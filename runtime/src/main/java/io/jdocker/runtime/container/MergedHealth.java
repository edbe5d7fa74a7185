package io.jdocker.runtime.container;

import io.jdocker.images.Healthcheck;
import io.jdocker.images.ImageConfig;
import io.jdocker.runtime.spec.HealthSpec;
import java.util.List;
import java.util.Optional;

/**
 * How a container is probed: the user's wishes, each completed by the image's where it is unset.
 */
final class MergedHealth {
  private MergedHealth() {}

  static Optional<HealthSpec> of(Optional<HealthSpec> user, ImageConfig image) {
    return of(user, image.healthcheck().map(check -> of(check, image.shell())), image.shell());
  }

  static Optional<HealthSpec> of(
      Optional<HealthSpec> user, Optional<HealthSpec> own, List<String> shell) {
    if (user.isEmpty() || own.isEmpty()) {
      return user.map(wish -> withShell(wish, shell)).or(() -> own);
    }
    HealthSpec wish = user.get();
    HealthSpec other = own.get();
    return Optional.of(
        new HealthSpec(
            wish.test().isEmpty() ? other.test() : wish.test(),
            firstSet(wish.interval(), other.interval()),
            firstSet(wish.timeout(), other.timeout()),
            firstSet(wish.startPeriod(), other.startPeriod()),
            firstSet(wish.startInterval(), other.startInterval()),
            wish.retries() == 0 ? other.retries() : wish.retries(),
            shell));
  }

  private static HealthSpec of(Healthcheck check, List<String> shell) {
    return new HealthSpec(
        check.test(),
        check.interval(),
        check.timeout(),
        check.startPeriod(),
        check.startInterval(),
        check.retries(),
        shell);
  }

  private static HealthSpec withShell(HealthSpec spec, List<String> shell) {
    return new HealthSpec(
        spec.test(),
        spec.interval(),
        spec.timeout(),
        spec.startPeriod(),
        spec.startInterval(),
        spec.retries(),
        shell);
  }

  private static long firstSet(long user, long image) {
    return user == 0 ? image : user;
  }
}
