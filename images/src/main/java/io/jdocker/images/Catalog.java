package io.jdocker.images;

import io.jdocker.images.Records.ImageRecord;
import io.jdocker.images.Records.TagRecord;
import io.jdocker.images.unpack.TreeRemover;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All records, in memory and on disk. Look-ups take no lock and read no file: they lie on the path
 * of each container start. Changes are made one at a time, disk first.
 */
final class Catalog {
  private static final int BASE = 36;

  private final StoreLayout layout;
  private final RecordFolder<Layer> layerFiles;
  private final RecordFolder<ImageRecord> imageFiles;
  private final RecordFolder<TagRecord> tagFiles;
  private final RecordFolder<CompressedBlob> compressedFiles;

  private final ConcurrentMap<Digest, Layer> layers = new ConcurrentHashMap<>();
  private final ConcurrentMap<Digest, ImageRecord> records = new ConcurrentHashMap<>();
  private final ConcurrentMap<Digest, ImageConfig> configs = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, TagRecord> tags = new ConcurrentHashMap<>();
  private final ConcurrentMap<Digest, CompressedBlob> compressed = new ConcurrentHashMap<>();
  private final ConcurrentMap<Digest, Image> images = new ConcurrentHashMap<>();
  private final Set<Ingest> ingests = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastDirectory = new AtomicLong();

  Catalog(StoreLayout layout) {
    this.layout = layout;
    this.layerFiles = Records.layers(layout);
    this.imageFiles = Records.images(layout);
    this.tagFiles = Records.tags(layout);
    this.compressedFiles = Records.compressed(layout);
  }

  /** Reads every record; names that lead nowhere, left by a kill in the middle of rmi, go. */
  synchronized void load() {
    for (Layer layer : layerFiles.load()) {
      layers.put(layer.chainId(), layer);
      lastDirectory.accumulateAndGet(Long.parseLong(layer.directory(), BASE), Math::max);
    }
    for (ImageRecord record : imageFiles.load()) {
      configs.put(record.id(), readConfig(record));
      records.put(record.id(), record);
    }
    for (TagRecord tag : tagFiles.load()) {
      if (records.containsKey(tag.id())) {
        tags.put(tag.reference().toString(), tag);
      } else {
        tagFiles.delete(TagRecord.key(tag.reference()));
      }
    }
    records.keySet().forEach(this::refresh);
    for (CompressedBlob blob : compressedFiles.load()) {
      compressed.put(blob.diffId(), blob);
    }
  }

  /** What a layer became in an earlier push. */
  Optional<CompressedBlob> compressed(Digest diffId) {
    return Optional.ofNullable(compressed.get(diffId));
  }

  /** Notes what a layer became in a push. */
  synchronized void add(CompressedBlob blob) {
    compressedFiles.write(blob.diffId().hex(), blob);
    compressed.put(blob.diffId(), blob);
  }

  private ImageConfig readConfig(ImageRecord record) {
    for (Digest chainId : record.chainIds()) {
      if (!layers.containsKey(chainId)) {
        throw new SystemFailure(
            "image "
                + record.id().shortHex()
                + " has lost its layer "
                + chainId
                + "; "
                + away(record));
      }
    }
    Path blob = layout.blob(record.id());
    try {
      byte[] content = Files.readAllBytes(blob);
      // A power cut may leave a file of zero bytes (containerd issue 8895).
      if (!Digest.of(content).equals(record.id())) {
        throw new SystemFailure(
            "the configuration of image "
                + record.id().shortHex()
                + " is damaged; "
                + away(record));
      }
      return ConfigReader.read(content);
    } catch (IOException e) {
      throw new SystemFailure(
          "cannot read the configuration of image "
              + record.id().shortHex()
              + ": "
              + e
              + "; "
              + away(record),
          e);
    }
  }

  private String away(ImageRecord record) {
    Path file = layout.images().resolve(record.id().hex() + ".json");
    return "move " + file + " away to start without it, and pull or load it again";
  }

  Optional<Image> image(Digest id) {
    return Optional.ofNullable(images.get(id));
  }

  Optional<Image> image(ImageReference reference) {
    if (reference.digest().isPresent()) {
      String wanted = reference.repoDigest();
      return records.values().stream()
          .filter(record -> record.repoDigests().contains(wanted))
          .findAny()
          .flatMap(record -> image(record.id()));
    }
    TagRecord tag = tags.get(reference.withDefaultTag().toString());
    return tag == null ? Optional.empty() : image(tag.id());
  }

  /** The image whose id starts with these hex digits, if just one does. */
  Optional<Image> imageByPrefix(String hex) {
    List<Image> matches =
        images.values().stream().filter(i -> i.id().hex().startsWith(hex)).limit(2).toList();
    return matches.size() == 1 ? Optional.of(matches.get(0)) : Optional.empty();
  }

  /** Every image, the newest first. */
  List<Image> images() {
    return images.values().stream()
        .sorted(Comparator.comparing(Image::created).reversed().thenComparing(Image::id))
        .toList();
  }

  /** The names that lead to an image, in order. */
  List<TagRecord> tagsOf(Digest id) {
    return tags.values().stream()
        .filter(tag -> tag.id().equals(id))
        .sorted(Comparator.comparing(tag -> tag.reference().toString()))
        .toList();
  }

  /** Every name in a repository, in order. */
  List<TagRecord> tagsIn(String repository) {
    return tags.values().stream()
        .filter(tag -> tag.reference().name().equals(repository))
        .sorted(Comparator.comparing(tag -> tag.reference().toString()))
        .toList();
  }

  Optional<Layer> layer(Digest chainId) {
    return Optional.ofNullable(layers.get(chainId));
  }

  Collection<Layer> layers() {
    return List.copyOf(layers.values());
  }

  /** A folder name that was never used since the start. */
  String newDirectory() {
    return Long.toString(lastDirectory.incrementAndGet(), BASE);
  }

  void begin(Ingest ingest) {
    ingests.add(ingest);
  }

  void end(Ingest ingest) {
    ingests.remove(ingest);
  }

  /** Whether work in progress counts on the blob or layer of that digest. */
  boolean isPinned(Digest digest) {
    return ingests.stream().anyMatch(ingest -> ingest.needs(digest));
  }

  /** Deletes a blob unless a record, or an ingest other than the asking one, counts on it. */
  synchronized void deleteUnusedBlob(Digest digest, Optional<Ingest> asking) {
    boolean used =
        records.containsKey(digest)
            || records.values().stream().anyMatch(record -> record.manifests().contains(digest))
            || layers.values().stream().anyMatch(layer -> layer.blob().equals(digest))
            || ingests.stream()
                .filter(ingest -> asking.filter(ingest::equals).isEmpty())
                .anyMatch(ingest -> ingest.needs(digest));
    if (!used) {
      TreeRemover.remove(layout.blob(digest));
    }
  }

  /** Whether an image has the layer. */
  boolean usesLayer(Digest chainId) {
    return records.values().stream().anyMatch(record -> record.chainIds().contains(chainId));
  }

  /** Adds a layer; false when another ingest was first. */
  synchronized boolean add(Layer layer) {
    if (layers.containsKey(layer.chainId())) {
      return false;
    }
    layerFiles.write(layer.chainId().hex(), layer);
    layers.put(layer.chainId(), layer);
    return true;
  }

  synchronized void add(ImageRecord record, ImageConfig config) {
    if (!records.containsKey(record.id())) {
      imageFiles.write(record.id().hex(), record);
      configs.put(record.id(), config);
      records.put(record.id(), record);
      refresh(record.id());
    }
  }

  /** What is known of an image beside its configuration. */
  Optional<ImageRecord> record(Digest id) {
    return Optional.ofNullable(records.get(id));
  }

  /** Every image's record. */
  Collection<ImageRecord> imageRecords() {
    return List.copyOf(records.values());
  }

  /** Notes that a registry knows an image by a digest; that image only, from now on. */
  synchronized void addRepoDigest(Digest id, String repoDigest, Optional<Digest> manifest) {
    for (ImageRecord other : imageRecords()) {
      if (!other.id().equals(id) && other.repoDigests().contains(repoDigest)) {
        replace(other.without(List.of(repoDigest)));
      }
    }
    ImageRecord record = records.get(id);
    if (record != null && !record.with(repoDigest, manifest).equals(record)) {
      replace(record.with(repoDigest, manifest));
    }
  }

  /** Forgets the digests by which a registry knows an image. */
  synchronized void removeRepoDigests(Digest id, Collection<String> gone) {
    ImageRecord record = records.get(id);
    if (record != null) {
      replace(record.without(gone));
    }
  }

  private void replace(ImageRecord record) {
    imageFiles.write(record.id().hex(), record);
    records.put(record.id(), record);
    refresh(record.id());
  }

  synchronized void tag(ImageReference reference, Digest id) {
    TagRecord tag = new TagRecord(reference, id, Instant.now());
    tagFiles.write(TagRecord.key(reference), tag);
    TagRecord before = tags.put(reference.toString(), tag);
    refresh(id);
    if (before != null) {
      refresh(before.id());
    }
  }

  synchronized void untag(ImageReference reference) {
    tagFiles.delete(TagRecord.key(reference));
    TagRecord before = tags.remove(reference.toString());
    if (before != null) {
      refresh(before.id());
    }
  }

  synchronized void removeImage(Digest id) {
    imageFiles.delete(id.hex());
    records.remove(id);
    configs.remove(id);
    images.remove(id);
  }

  /** Takes a layer out of sight while {@link Garbage} makes sure that nobody needs it. */
  void hide(Layer layer) {
    layers.remove(layer.chainId());
  }

  /** Brings a hidden layer back. */
  void show(Layer layer) {
    layers.put(layer.chainId(), layer);
  }

  /** How many layers lie below. */
  int depth(Layer layer) {
    int depth = 0;
    Optional<Layer> at = layer.parent().flatMap(this::layer);
    while (at.isPresent()) {
      depth++;
      at = at.get().parent().flatMap(this::layer);
    }
    return depth;
  }

  synchronized void removeLayer(Digest chainId) {
    layerFiles.delete(chainId.hex());
    layers.remove(chainId);
    forgetCompressed();
  }

  /** What is noted of layers that are gone goes, too. */
  private void forgetCompressed() {
    Set<Digest> known = new HashSet<>();
    layers.values().forEach(layer -> known.add(layer.diffId()));
    for (Digest diffId : List.copyOf(compressed.keySet())) {
      if (!known.contains(diffId)) {
        compressedFiles.delete(diffId.hex());
        compressed.remove(diffId);
      }
    }
  }

  /** ChainIDs of every layer that an image uses. */
  Set<Digest> layersOfImages() {
    Set<Digest> used = new HashSet<>();
    records.values().forEach(record -> used.addAll(record.chainIds()));
    return used;
  }

  private void refresh(Digest id) {
    ImageRecord record = records.get(id);
    ImageConfig config = configs.get(id);
    if (record == null || config == null) {
      return;
    }
    List<TagRecord> names = tagsOf(id);
    images.put(
        id,
        new Image(
            id,
            config,
            names.stream().map(tag -> tag.reference().familiar()).sorted().toList(),
            record.repoDigests().stream()
                .map(digest -> ImageReference.parse(digest).familiar())
                .sorted()
                .toList(),
            record.chainIds().stream().mapToLong(chainId -> layers.get(chainId).size()).sum(),
            config.created().orElse(Image.NEVER),
            names.stream().map(TagRecord::tagged).max(Comparator.naturalOrder()),
            record.chainIds()));
  }
}
