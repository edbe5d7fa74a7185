package io.jdocker.images;

import io.jdocker.images.compression.Compression;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.unpack.LayerUnpacker;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import jnr.constants.platform.Errno;

/** Brings layers into an ingest: decompresses, hashes and unpacks in one pass over the stream. */
final class LayerIngest {
  private final Kernel kernel;
  private final Ingest ingest;
  private final Catalog catalog;
  private final ProgressListener progress;

  LayerIngest(Kernel kernel, Ingest ingest, Catalog catalog, ProgressListener progress) {
    this.kernel = kernel;
    this.ingest = ingest;
    this.catalog = catalog;
    this.progress = progress;
  }

  private record Unpacked(Path folder, long size, Digest diffId) {}

  /** A layer whose digest is not known before, from a stream that is read once. */
  Layer add(String name, InputStream source) {
    try (BlobWriter writer = ingest.newBlob()) {
      BufferedInputStream head = Compression.buffered(new Counted(new Unclosed(source), name, -1));
      Compression compression = Compression.detect(head);
      boolean keptAsIs = isKept(compression);
      InputStream stored = keptAsIs ? new Tee(head, writer) : head;
      Unpacked unpacked;
      try (InputStream content = compression.open(stored)) {
        unpacked = unpack(keptAsIs ? content : new Tee(content, writer), Optional.empty());
        drain(stored);
      }
      StagedBlob blob = writer.finish();
      Layer layer =
          layer(unpacked, Optional.empty(), blob, keptAsIs ? compression : Compression.NONE);
      if (ingest.layer(layer.chainId()).isPresent()) {
        progress.complete(name);
        return ingest.layer(layer.chainId()).orElseThrow();
      }
      ingest.keep(blob);
      ingest.keep(layer, unpacked.folder());
      progress.complete(name);
      return layer;
    } catch (IOException e) {
      throw damaged("the root file system", e);
    }
  }

  /**
   * A layer from a staged blob, whose digest is known before.
   *
   * @throws InvalidArgument when the content is another
   */
  Layer add(StagedBlob blob, Optional<Layer> parent, Digest diffId) {
    Digest chainId = Layer.chainId(parent.map(Layer::chainId), diffId);
    Optional<Layer> known = ingest.layer(chainId);
    if (known.isPresent()) {
      progress.complete(diffId.toString());
      return known.get();
    }
    try (InputStream file = Files.newInputStream(blob.file())) {
      BufferedInputStream head =
          Compression.buffered(new Counted(file, diffId.toString(), blob.size()));
      Compression compression = Compression.detect(head);
      BlobWriter plain = isKept(compression) ? null : ingest.newBlob();
      Unpacked unpacked;
      try (InputStream content = compression.open(head)) {
        unpacked = unpack(plain == null ? content : new Tee(content, plain), parent);
      }
      if (!unpacked.diffId().equals(diffId)) {
        throw new InvalidArgument(
            "invalid diffID: expected \"" + diffId + "\", got \"" + unpacked.diffId() + "\"");
      }
      StagedBlob kept = plain == null ? blob : plain.finish();
      Layer layer = layer(unpacked, parent, kept, plain == null ? compression : Compression.NONE);
      ingest.keep(kept);
      ingest.keep(layer, unpacked.folder());
      progress.complete(diffId.toString());
      return layer;
    } catch (IOException e) {
      throw damaged("layer " + diffId, e);
    }
  }

  /** The kinds that an OCI manifest has a media type for; others are kept uncompressed. */
  private static boolean isKept(Compression compression) {
    return compression == Compression.NONE
        || compression == Compression.GZIP
        || compression == Compression.ZSTD;
  }

  private Layer layer(
      Unpacked unpacked, Optional<Layer> parent, StagedBlob blob, Compression compression) {
    Optional<Digest> parentId = parent.map(Layer::chainId);
    return new Layer(
        Layer.chainId(parentId, unpacked.diffId()),
        parentId,
        unpacked.diffId(),
        blob.digest(),
        compression,
        blob.size(),
        unpacked.size(),
        catalog.newDirectory());
  }

  private Unpacked unpack(InputStream tar, Optional<Layer> parent) throws IOException {
    Path folder = ingest.newFolder();
    MessageDigest hash = Digest.start();
    InputStream hashed = new DigestInputStream(tar, hash);
    try (LayerUnpacker unpacker =
        new LayerUnpacker(kernel, folder, ingest.folders(parent), progress::warning)) {
      TarReader reader = new TarReader(hashed);
      long size = unpacker.unpack(reader);
      reader.drain();
      return new Unpacked(folder, size, Digest.finish(hash));
    } catch (SyscallException e) {
      String reason =
          e.is(Errno.ENOSPC)
              ? "no space left on the file system of the image store"
              : e.getMessage();
      throw new SystemFailure("cannot unpack layer: " + reason, e);
    }
  }

  private static void drain(InputStream in) throws IOException {
    in.transferTo(java.io.OutputStream.nullOutputStream());
  }

  static InvalidArgument damaged(String name, IOException e) {
    String reason = e.getMessage() == null ? "unexpected end of file" : e.getMessage();
    return new InvalidArgument("cannot read " + name + ": " + reason, e);
  }

  /** Tells the listener how far reading has come. */
  private final class Counted extends FilterInputStream {
    private static final long STEP = 1 << 19;

    private final String name;
    private final long total;
    private long count;
    private long told;

    Counted(InputStream in, String name, long total) {
      super(in);
      this.name = name;
      this.total = total;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(read, 0);
      if (count - told >= STEP) {
        told = count;
        progress.unpacking(name, count, total);
      }
      return read;
    }
  }

  /** Writes what is read to the blob, too. */
  private static final class Tee extends FilterInputStream {
    private final BlobWriter copy;

    Tee(InputStream in, BlobWriter copy) {
      super(in);
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count > 0) {
        copy.write(buffer, offset, count);
      }
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
