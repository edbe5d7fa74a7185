package io.jdocker.runtime.testing;

import io.jdocker.runtime.stdio.Attachment;
import io.jdocker.runtime.stdio.Chunk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** All that a client of a process got to see. */
public record Output(String stdout, String stderr) {
  /** Reads an attachment to its end. */
  public static Output of(Attachment attachment) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    for (Optional<Chunk> chunk = attachment.take(); chunk.isPresent(); chunk = attachment.take()) {
      (chunk.get().stream() == Chunk.STDOUT ? out : err).writeBytes(chunk.get().bytes());
    }
    return new Output(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
