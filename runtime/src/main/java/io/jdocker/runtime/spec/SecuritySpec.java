package io.jdocker.runtime.spec;

import java.util.List;

/**
 * What the container may do.
 *
 * @param capAdd names with or without CAP_, or ALL
 * @param capDrop likewise
 * @param seccomp empty: the default profile; {@code unconfined}; else the text of a JSON profile
 */
public record SecuritySpec(
    boolean privileged,
    boolean readOnlyRoot,
    List<String> capAdd,
    List<String> capDrop,
    boolean noNewPrivileges,
    String seccomp) {
  /** The value of {@link #seccomp} that means no filter. */
  public static final String UNCONFINED = "unconfined";

  public SecuritySpec {
    capAdd = List.copyOf(capAdd);
    capDrop = List.copyOf(capDrop);
  }

  /** Docker's defaults. */
  public static SecuritySpec standard() {
    return new SecuritySpec(false, false, List.of(), List.of(), false, "");
  }
}
