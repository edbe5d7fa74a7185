package io.jdocker.images;

import io.jdocker.images.compression.Compression;
import io.jdocker.images.inventory.InventoryWriter;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.unpack.LayerUnpacker;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;
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

  /**
   * @param size bytes of the files
   */
  private record Unpacked(Path folder, Path inventory, long size, Digest diffId) {}

  /** The one layer of an image to be, from a stream that is read once. */
  Layer add(String name, InputStream source) {
    try (BlobWriter writer = ingest.newBlob()) {
      BufferedInputStream head =
          Compression.buffered(new CountedInput(new Unclosed(source), name, -1, progress));
      Compression compression = Compression.detect(head);
      boolean asIs = isKept(compression);
      InputStream stored = asIs ? new TeeInput(head, writer) : head;
      Unpacked unpacked;
      try (InputStream content = compression.open(stored)) {
        unpacked = unpackHashed(asIs ? content : new TeeInput(content, writer), Optional.empty());
        stored.transferTo(OutputStream.nullOutputStream());
      }
      StagedBlob blob = writer.finish();
      Layer layer = layer(unpacked, Optional.empty(), blob, asIs ? compression : Compression.NONE);
      Optional<Layer> known = ingest.layer(layer.chainId());
      if (known.isEmpty()) {
        keep(blob, layer, unpacked);
      }
      progress.complete(name);
      return known.orElse(layer);
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
    if (known.isEmpty()) {
      try (InputStream file = Files.newInputStream(blob.file())) {
        BufferedInputStream head =
            Compression.buffered(new CountedInput(file, diffId.toString(), blob.size(), progress));
        known = Optional.of(addNew(blob, head, parent, diffId));
      } catch (IOException e) {
        throw damaged("layer " + diffId, e);
      }
    }
    progress.complete(diffId.toString());
    return known.get();
  }

  /**
   * A layer whose blob may still be arriving: unpacked as far as it is there.
   *
   * @throws InvalidArgument when the content is another
   * @throws UncheckedIOException when it does not arrive
   */
  Layer add(LayerSource source, Optional<Layer> parent, Digest diffId) {
    try (InputStream arriving = source.open()) {
      StagedBlob blob = new StagedBlob(source.file(), source.digest(), source.size());
      BufferedInputStream head =
          Compression.buffered(
              new CountedInput(arriving, diffId.toString(), source.size(), progress));
      Layer layer = addNew(blob, head, parent, diffId);
      // What follows the compressed content counts for the blob's digest.
      await(source);
      return layer;
    } catch (IOException e) {
      // Where it has not arrived as it should, that is the reason, and not what it looks like.
      await(source);
      throw damaged("layer " + source.digest(), e);
    }
  }

  private static void await(LayerSource source) {
    try {
      source.complete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Layer addNew(
      StagedBlob blob, BufferedInputStream head, Optional<Layer> parent, Digest diffId)
      throws IOException {
    Compression compression = Compression.detect(head);
    if (compression == Compression.NONE) {
      // Hashed when it was staged: not again.
      verify(diffId, blob.digest());
      Unpacked unpacked = unpack(head, parent, () -> diffId);
      return keep(blob, layer(unpacked, parent, blob, compression), unpacked);
    }
    boolean asIs = isKept(compression);
    try (InputStream content = compression.open(head);
        BlobWriter plain = ingest.newBlob();
        InputStream ahead = new ReadAheadInput(asIs ? content : new TeeInput(content, plain))) {
      Unpacked unpacked = unpackHashed(ahead, parent);
      verify(diffId, unpacked.diffId());
      StagedBlob kept = asIs ? blob : plain.finish();
      Layer layer = layer(unpacked, parent, kept, asIs ? compression : Compression.NONE);
      return keep(kept, layer, unpacked);
    }
  }

  private static void verify(Digest expected, Digest actual) {
    if (!actual.equals(expected)) {
      throw new InvalidArgument(
          "invalid diffID: expected \"" + expected + "\", got \"" + actual + "\"");
    }
  }

  /** The kinds that an OCI manifest has a media type for; others are kept uncompressed. */
  private static boolean isKept(Compression compression) {
    return switch (compression) {
      case NONE, GZIP, ZSTD -> true;
      case BZIP2, XZ -> false;
    };
  }

  private Layer keep(StagedBlob blob, Layer layer, Unpacked unpacked) {
    ingest.keep(blob);
    ingest.keep(layer, unpacked.folder(), unpacked.inventory());
    return layer;
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

  private Unpacked unpackHashed(InputStream tar, Optional<Layer> parent) throws IOException {
    MessageDigest hash = Digest.start();
    return unpack(new DigestInputStream(tar, hash), parent, () -> Digest.finish(hash));
  }

  /**
   * @param diffId asked for when the stream has been read to its end
   */
  private Unpacked unpack(InputStream tar, Optional<Layer> parent, Supplier<Digest> diffId)
      throws IOException {
    Path folder = ingest.newFolder();
    Path inventory = ingest.temporary();
    try (InventoryWriter files = new InventoryWriter(inventory);
        LayerUnpacker unpacker =
            new LayerUnpacker(kernel, folder, ingest.folders(parent), progress::warning, files)) {
      TarReader reader = new TarReader(tar);
      long size = unpacker.unpack(reader);
      reader.drain();
      files.finish();
      return new Unpacked(folder, inventory, size, diffId.get());
    } catch (SyscallException e) {
      String reason =
          e.is(Errno.ENOSPC)
              ? "no space left on the file system of the image store"
              : e.getMessage();
      throw new SystemFailure("cannot unpack layer: " + reason, e);
    }
  }

  /** What to say of an archive that cannot be read. */
  static InvalidArgument damaged(String what, IOException e) {
    String reason = e.getMessage() == null ? "unexpected end of file" : e.getMessage();
    return new InvalidArgument("cannot read " + what + ": " + reason, e);
  }
}
