package io.jdocker.cli.build;

import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;

/** The flags of {@code build}. */
final class BuildFlags {
  private BuildFlags() {}

  static FlagTable table() {
    return addResults(addSources(new FlagTable()));
  }

  /** What it is built from. */
  private static FlagTable addSources(FlagTable flags) {
    return flags
        .add(FlagKind.LIST, "add-host", "Add a custom host-to-IP mapping (\"host:ip\")")
        .add(FlagKind.LIST, "build-arg", "Set build-time variables")
        .add(FlagKind.LIST, "build-context", "Additional build contexts (e.g., name=path)")
        .add(
            FlagKind.BOOL,
            "explain-cache",
            "Say of each step that is run why the cache does not fit")
        .add(
            FlagKind.STRING, 'f', "file", "Name of the Dockerfile (Default is \"PATH/Dockerfile\")")
        .add(FlagKind.BOOL, "force-rm", "Always remove intermediate containers")
        .add(FlagKind.STRING, "iidfile", "Write the image ID to the file")
        .add(FlagKind.LIST, "label", "Set metadata for an image");
  }

  /** How it is built, and what comes of it. */
  private static FlagTable addResults(FlagTable flags) {
    return flags
        .add(
            FlagKind.STRING,
            "network",
            "Set the networking mode for the RUN instructions during build")
        .add(FlagKind.BOOL, "no-cache", "Do not use cache when building the image")
        .add(FlagKind.LIST, 'o', "output", "Output destination (format: \"type=local,dest=path\")")
        .add(FlagKind.STRING, "platform", "Set platform if server is multi-platform capable")
        .add(
            FlagKind.STRING,
            "progress",
            "Set type of progress output (\"auto\", \"plain\", \"tty\", \"rawjson\")")
        .add(FlagKind.BOOL, "pull", "Always attempt to pull a newer version of the image")
        .add(FlagKind.BOOL, 'q', "quiet", "Suppress the build output and print image ID on success")
        .add(
            FlagKind.BOOL,
            Flag.NO_SHORTHAND,
            "rm",
            "Remove intermediate containers after a successful build",
            "true")
        .add(
            FlagKind.LIST,
            "secret",
            "Secret to expose to the build (format: \"id=mysecret[,src=/local/secret]\")")
        .add(FlagKind.BYTES, "shm-size", "Size of \"/dev/shm\"")
        .add(
            FlagKind.LIST,
            "ssh",
            "SSH agent socket to expose to the build (format: \"default|<id>=<socket>\")")
        .add(FlagKind.LIST, 't', "tag", "Name and optionally a tag in the \"name:tag\" format")
        .add(FlagKind.STRING, "target", "Set the target build stage to build.");
  }
}
