package io.jdocker.runtime.spec;

import io.jdocker.linux.failure.InvalidArgument;

/** Whose namespace of one kind a container lives in, see namespaces(7). */
public sealed interface NamespaceMode {
  /** The prefix of a mode that names another container. */
  String CONTAINER = "container:";

  /** What the engine does where nobody says anything. */
  record Unsaid() implements NamespaceMode {}

  /** One of its own. */
  record Own() implements NamespaceMode {}

  /** One of its own that others may join; without this word nobody can share its IPC. */
  record Shareable() implements NamespaceMode {}

  /** One of its own, without shared memory in /dev/shm. */
  record Bare() implements NamespaceMode {}

  /** The host's. */
  record Host() implements NamespaceMode {}

  /** One of its own whatever the engine does by default: of users, with mapped ids. */
  record Remapped() implements NamespaceMode {}

  /** Another container's. */
  record Container(String reference) implements NamespaceMode {}

  /** A kind of namespace, with the words that may follow its flag. */
  enum Kind {
    PID("PID mode", false, false, true),
    IPC("IPC mode", true, true, true),
    UTS("UTS mode", false, false, false),
    CGROUP("cgroup namespace mode", true, false, false),
    USER("USER mode", false, false, false);

    private final String name;
    private final boolean takesPrivate;
    private final boolean takesSharing;
    private final boolean takesContainer;

    Kind(String name, boolean takesPrivate, boolean takesSharing, boolean takesContainer) {
      this.name = name;
      this.takesPrivate = takesPrivate;
      this.takesSharing = takesSharing;
      this.takesContainer = takesContainer;
    }

    /**
     * Reads a mode as the flags and the API have it. Empty text is a namespace of its own; of
     * control groups it depends on their version.
     *
     * @throws InvalidArgument for a mode that this kind does not have
     */
    public NamespaceMode parse(String text) {
      if (takesContainer && text.length() > CONTAINER.length() && text.startsWith(CONTAINER)) {
        return new Container(text.substring(CONTAINER.length()));
      }
      return switch (text) {
        case "" -> this == CGROUP ? new Unsaid() : new Own();
        case "host" -> new Host();
        case "remap" -> accept(this == USER, text, new Remapped());
        case "private" -> accept(takesPrivate, text, new Own());
        case "shareable" -> accept(takesSharing, text, new Shareable());
        case "none" -> accept(takesSharing, text, new Bare());
        default -> throw unknown(text);
      };
    }

    private NamespaceMode accept(boolean known, String text, NamespaceMode mode) {
      if (!known) {
        throw unknown(text);
      }
      return mode;
    }

    private InvalidArgument unknown(String text) {
      return new InvalidArgument("invalid " + name + ": " + text);
    }
  }

  /** Reads what {@link #text} has written. */
  static NamespaceMode read(String text) {
    return switch (text) {
      case "" -> new Unsaid();
      case "remap" -> new Remapped();
      default -> Kind.IPC.parse(text);
    };
  }

  /** As the API writes it, where {@code own} stands for a namespace of its own. */
  default String text(String own) {
    if (this instanceof Container other) {
      return CONTAINER + other.reference();
    }
    if (this instanceof Host) {
      return "host";
    }
    if (this instanceof Shareable) {
      return "shareable";
    }
    if (this instanceof Bare) {
      return "none";
    }
    if (this instanceof Remapped) {
      return "remap";
    }
    return this instanceof Own ? own : "";
  }

  /** True where the container gets a namespace that was not there before. */
  default boolean isNew() {
    return !(this instanceof Host) && !(this instanceof Container);
  }
}
