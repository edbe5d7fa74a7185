package io.jdocker.cli.compose.request;

import io.jdocker.compose.model.ContentSpec;
import io.jdocker.compose.model.FileReference;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.compose.yaml.DocumentText;
import io.jdocker.compose.yaml.Mapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A fingerprint of what a service's containers are made from: when it is the same, they need not be
 * made anew. How many there are, in what order they start and how the image comes about is no part
 * of it.
 */
public final class ConfigHash {
  private static final List<String> WITHOUT =
      List.of("build", "pull_policy", "scale", "depends_on", "profiles", "develop", "attach");

  private ConfigHash() {}

  /** 64 hexadecimal digits. */
  public static String of(Project project, Service service) {
    Mapping document = service.document();
    for (String key : WITHOUT) {
      document = document.without(key);
    }
    Mapping deploy = document.mapping("deploy").without("replicas");
    document =
        deploy.names().isEmpty() ? document.without("deploy") : document.with("deploy", deploy);
    StringBuilder text = new StringBuilder(DocumentText.json(document));
    contents(text, service.storage().secrets(), project.secrets());
    contents(text, service.storage().configs(), project.configs());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Contents that are copied in: a new value needs a new container. */
  private static void contents(
      StringBuilder text, List<FileReference> references, Map<String, ContentSpec> contents) {
    for (FileReference reference : references) {
      ContentSpec.Source source = contents.get(reference.source()).source();
      if (source instanceof ContentSpec.Inline inline) {
        text.append('\n').append(reference.source()).append('=').append(inline.text());
      } else if (source instanceof ContentSpec.Variable variable) {
        text.append('\n').append(reference.source()).append('=').append(variable.value());
      } else if (source instanceof ContentSpec.HostFile file) {
        text.append('\n').append(reference.source()).append('@').append(file.path());
      }
    }
  }
}
