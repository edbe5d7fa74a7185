package io.jdocker.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an image is built.
 *
 * @param context a folder of this host, or an address
 * @param inline a Dockerfile's text in place of a file
 * @param args a value that is absent is the caller's variable
 * @param shmSize in bytes, 0 for the default
 */
public record Build(
    String context,
    String dockerfile,
    String inline,
    Map<String, Optional<String>> args,
    Map<String, String> labels,
    List<String> tags,
    String target,
    String network,
    String platform,
    Map<String, List<String>> extraHosts,
    long shmSize,
    boolean noCache,
    boolean pull) {}
