package io.jdocker.cgroups;

/** For a host without the freezer controller: killing then takes more rounds. */
final class NoFreezer implements Freezer {
  @Override
  public void freeze() {}

  @Override
  public void thaw() {}

  @Override
  public boolean isFrozen() {
    return false;
  }
}
