package io.engram.benchmarks.hostile;

import io.engram.schemas.ModelChunks;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Candidates and updates that no learner and no registry wrote. */
final class VersionKinds {

  private static final Topics TOPICS = new Topics("");
  private static final int CHUNK = 2000;
  private static final int SOME = 1000;
  private static final int FEW = 200;

  private final String topic;
  private final String model;
  private final ModelManifest manifest;
  private final SigningKey own = SigningKey.make();

  private VersionKinds(String topic, String model, ModelManifest manifest) {
    this.topic = topic;
    this.model = model;
    this.manifest = manifest;
  }

  /**
   * Those of one of the two topics.
   *
   * @param manifest an honest one, to be bent
   */
  static List<Kind> on(String topic, String model, ModelManifest manifest, Samples samples) {
    VersionKinds kinds = new VersionKinds(topic, model, manifest);
    List<Kind> all = new ArrayList<>(kinds.chunks());
    all.addAll(kinds.manifests());
    if (topic.equals(TOPICS.modelUpdates())) {
      all.addAll(kinds.updates(samples));
    }
    return all;
  }

  private List<Kind> chunks() {
    return List.of(
        kind("chunks-without-end", (random, n) -> chunk(random, "endless-" + n, 0, 100)),
        kind("one-without-end", (random, n) -> chunk(random, "endless", (int) (n % 100), 100)),
        kind(
            "too-many-chunks",
            (random, n) -> chunk(random, "many-" + n % 50, 0, Integer.MAX_VALUE)),
        kind("chunk-index-beyond", (random, n) -> chunk(random, "beyond-" + n % 50, 9, 3))
            .atMost(SOME),
        kind("chunk-index-negative", (random, n) -> chunk(random, "negative", -1, 3)).atMost(SOME),
        kind("chunks-contradict", (random, n) -> chunk(random, "contradicts", 0, 2 + (int) (n % 7)))
            .atMost(SOME),
        kind("checksum-malformed", (random, n) -> checksum("sum-" + n % 50, "x".repeat(5000)))
            .atMost(SOME),
        kind("long-names", (random, n) -> chunk(random, "n".repeat(5000) + n, 0, 3)).atMost(SOME),
        kind("other-models", (random, n) -> ofModel("other-" + n % 2000)).atMost(SOME));
  }

  private List<Kind> manifests() {
    return List.of(
        kind("manifest-without-chunks", (random, n) -> bent(forged("bare-" + n))).atMost(SOME),
        kind("manifest-again", (random, n) -> bent(forged("twice"))).atMost(SOME),
        kind("manifest-of-other-models", (random, n) -> otherModel(n)).atMost(FEW),
        kind("manifest-of-bad-names", (random, n) -> badName(n)).atMost(FEW),
        kind("manifest-steps", (random, n) -> bent(steps(n))).atMost(FEW),
        whole("nan", (bytes, random) -> Arrays.fill(bytes, (byte) 0xFF)),
        whole("zero", (bytes, random) -> bytes[0] = (byte) random.nextInt()),
        whole("random", (bytes, random) -> random.nextBytes(bytes)),
        kind("manifest-network", (random, n) -> bent(network(n))).atMost(FEW));
  }

  /** What only {@code model-updates} has: signatures. */
  private List<Kind> updates(Samples samples) {
    return List.of(
        kind("unsigned-version", (random, n) -> bent(numbered(n))).atMost(SOME),
        kind("signed-by-nobody", (random, n) -> signed(numbered(n))).atMost(SOME),
        kind("old-signed-again", (random, n) -> Draft.again(samples.any(topic, random)))
            .atMost(SOME));
  }

  private Kind kind(String name, Kind.Maker maker) {
    return Kind.of(topic, name, maker);
  }

  private Draft chunk(SplittableRandom random, String id, int index, int count) {
    byte[] data = new byte[CHUNK];
    random.nextBytes(data);
    return chunk(new ModelChunk(model, id, index, count, "a".repeat(64), ByteBuffer.wrap(data)));
  }

  private Draft checksum(String id, String sum) {
    return chunk(new ModelChunk(model, id, 0, 3, sum, ByteBuffer.allocate(10)));
  }

  private Draft ofModel(String name) {
    return chunk(new ModelChunk(name, "c", 0, 3, "b".repeat(64), ByteBuffer.allocate(10)));
  }

  private static Draft chunk(ModelChunk chunk) {
    return Draft.of("hostile-chunk", Wire.modelChunk().encode(chunk));
  }

  private ModelManifest.Builder forged(String id) {
    return ModelManifest.newBuilder(manifest).setModelName(model).setCandidateId(id);
  }

  private Draft otherModel(long number) {
    return bent(forged("c-" + number).setModelName("forged-" + number % 20));
  }

  private Draft badName(long number) {
    return bent(forged("c-" + number).setModelName("../\u001b[2J\n" + number));
  }

  private ModelManifest.Builder steps(long number) {
    ModelManifest.Builder builder = forged("steps-" + number);
    builder.getAdaptation().setSteps(Integer.MAX_VALUE);
    return builder;
  }

  private ModelManifest.Builder network(long number) {
    return forged("net-" + number).setNetwork("input(2147483647) dense(2147483647) mse");
  }

  private ModelManifest.Builder numbered(long number) {
    return forged("forged-" + number).setVersion(999_999 + number);
  }

  private static Draft bent(ModelManifest.Builder builder) {
    return Draft.of("hostile-manifest", Wire.modelManifest().encode(builder.build()));
  }

  private Draft signed(ModelManifest.Builder builder) {
    Draft draft = bent(builder);
    byte[] number = SealHeaders.number(Long.MAX_VALUE);
    byte[] value = draft.value() == null ? new byte[0] : draft.value();
    List<Header> headers =
        List.of(
            new RecordHeader(SealHeaders.PUBLICATION, number),
            new RecordHeader(SealHeaders.KEY, own.id().getBytes(StandardCharsets.UTF_8)),
            new RecordHeader(
                SealHeaders.SIGNATURE, own.seal(Sealed.UPDATE, number, value).signature()));
    return draft.with(headers);
  }

  /** Whole ones that hold nonsense: a chunk, then its manifest, and the next. */
  private Kind whole(String name, Filling filling) {
    return kind(
            "whole-" + name,
            (random, n) -> {
              byte[] parameters = new byte[(int) manifest.getByteLength()];
              filling.fill(parameters, new SplittableRandom(n / 2));
              ModelManifest bent =
                  forged(name + "-" + n / 2)
                      .setSha256(ModelChunks.sha256(parameters))
                      .setChunkCount(1)
                      .build();
              byte[] value =
                  n % 2 == 0
                      ? Wire.modelChunk().encode(ModelChunks.cut(bent, parameters).get(0))
                      : Wire.modelManifest().encode(bent);
              return Draft.of("hostile-whole", value);
            })
        .atMost(2 * FEW);
  }

  /** What stands in place of parameters. */
  private interface Filling {
    void fill(byte[] parameters, SplittableRandom random);
  }
}
