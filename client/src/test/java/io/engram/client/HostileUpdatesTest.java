package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.client.Subscription.Step;
import io.engram.client.Versions.Version;
import io.engram.client.kafka.UpdateRecord;
import io.engram.engine.fused.FusedEngine;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.TensorEntry;
import io.engram.schemas.signing.TrustedKeys;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;

/** Whatever stands on the topic becomes a version that can be adapted or a refusal, in time, and nothing else. */
class HostileUpdatesTest {

  private static final String NETWORK = "input(2) dense(3) relu dense(2) softmax";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Subscription subscription =
      new Subscription("m", TrustedKeys.NONE, Clock.systemUTC());
  private long offset;

  HostileUpdatesTest() {
    subscription.caughtUp();
  }

  @Example
  void whatIsForgedIsRefused() {
    refused("not finite", version(Float.NaN), it -> {});
    refused("at most", it -> it.setNetwork("input(2) dense(2147483647) dense(2147483647) mse"));
    refused(
        "network is not known",
        it ->
            it.setNetwork("input(60000,60000,60000) conv(1,1,stride=1,same) flatten dense(2) mse"));
    refused("at most", it -> it.setNetwork("input(2) " + "relu ".repeat(600) + "dense(2) softmax"));
    refused("at most", it -> it.setNetwork("input(2) " + "a".repeat(100_000) + " softmax"));
    refused("network is not known", it -> it.setNetwork(""));
    refused("network is not known", it -> it.setNetwork("input(0) dense(2) softmax"));
    refused("needs a tensor", it -> it.setNetwork("input(3) dense(3) relu dense(2) softmax"));
    refused("inner steps", it -> it.getAdaptation().setSteps(Integer.MAX_VALUE));
    refused("inner steps", it -> it.getAdaptation().setSteps(-1));
    refused("examples of a step", it -> it.getAdaptation().setBatchSize(Integer.MAX_VALUE));
    refused("examples of a step", it -> it.getAdaptation().setBatchSize(-7));
    refused("step size", it -> it.getAdaptation().setOptimizer("sgd(NaN)"));
    refused("step size", it -> it.getAdaptation().setOptimizer("sgd(1e38)"));
    refused("epsilon", it -> it.getAdaptation().setOptimizer("adam(0.1,0,0.9,NaN)"));
    refused("its network ends in", it -> it.setLabelSpace(LabelSpace.NONE));
    refused("stand for", it -> it.setLabelSpace(LabelSpace.GLOBAL));
    refused("table", it -> it.getAdaptation().setOptimizer("table"));
  }

  @Example
  void absurdTensorsAreRefused() {
    refused("does not fit", tensors("parameters", List.of(17), Long.MAX_VALUE));
    refused("does not fit", tensors("parameters", List.of(17), -4L));
    refused("does not fit", tensors("parameters", List.of(-17), 0L));
    refused("does not fit", tensors("parameters", List.of(1 << 16, 1 << 16), 0L));
    refused("needs a tensor", tensors("parameters", List.of(0), 0L));
    refused("does not fit", tensors("parameters", List.of(), 68L));
    refused(
        "is there twice",
        it -> {
          List<TensorEntry> twice = new ArrayList<>(it.getTensors());
          twice.addAll(it.getTensors());
          it.setTensors(twice);
        });
    refused(
        "above 0",
        it -> {
          List<TensorEntry> more = new ArrayList<>(it.getTensors());
          more.add(new TensorEntry("inputMean", ElementType.FLOAT32, List.of(2), 0L));
          more.add(new TensorEntry("inputScale", ElementType.UINT8, List.of(2), 0L));
          it.setTensors(more);
        },
        version(0));
  }

  @Example
  void theVersionBeforeIsHeldOnAndTheNextOneIsTaken() {
    assertThat(taken(version(1), it -> {})).get().isInstanceOf(Step.Updated.class);
    refused("inner steps", it -> it.getAdaptation().setSteps(1 << 30));
    assertThat(taken(version(2), it -> {})).get().isInstanceOf(Step.Updated.class);
  }

  @Property(tries = 2000)
  void anyBytesAreTakenOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
    subscription.accept(bare(bytes));
  }

  @Property(tries = 500)
  void aDamagedRecordIsTakenOrRefused(
      @ForAll boolean manifest, @ForAll int at, @ForAll @Size(min = 1, max = 9) byte[] damage) {
    Version version = version(1);
    byte[] chunk = Wire.modelChunk().encode(version.chunks().get(0));
    byte[] last = Wire.modelManifest().encode(version.manifest());
    byte[] damaged = manifest ? last : chunk;
    int from = 10 + Math.floorMod(at, damaged.length - 10 - damage.length);
    System.arraycopy(damage, 0, damaged, from, damage.length);
    subscription.accept(bare(chunk));
    subscription.accept(bare(last)).ifPresent(HostileUpdatesTest::adaptedInTime);
  }

  /** Numbers that mean something, where a whole manifest would have other ones. */
  @Property(tries = 200)
  void anyNumbersOfAnAdaptationAreTakenOrRefused(
      @ForAll int steps, @ForAll int batch, @ForAll float rate, @ForAll float beta) {
    for (String optimizer :
        List.of("sgd(" + rate + ")", "adam(" + rate + "," + beta + ",0.9)", "sgd(per-parameter)")) {
      for (int divisor : new int[] {1, 1 << 16, 1 << 28}) {
        taken(
                version(1),
                it ->
                    it.setAdaptation(
                        new Adaptation(
                            steps / divisor, optimizer, batch / divisor, "ALL", "TRANSDUCTIVE")))
            .ifPresent(HostileUpdatesTest::adaptedInTime);
      }
    }
  }

  private UpdateRecord bare(byte[] value) {
    return new UpdateRecord(value, 0, offset++, null, OptionalLong.empty(), Optional.empty());
  }

  private static void adaptedInTime(Step step) {
    if (!(step instanceof Step.Updated updated)) {
      return;
    }
    SupportSet.Labeled support = SupportSet.of(new float[][] {{1, 2}, {2, 1}}, "a", "b");
    try (Workbenches benches = new Workbenches(new FusedEngine(1))) {
      Assertions.assertTimeout(PATIENCE, () -> Classifier.adapt(benches, updated.model(), support));
    } catch (AdaptationException | IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("model");
    }
  }

  private static Version version(float parameters) {
    float[] all = new float[17];
    Arrays.fill(all, parameters);
    return Versions.of("m", 1, NETWORK, all);
  }

  private static Consumer<ModelManifest> tensors(String name, List<Integer> shape, long at) {
    return it -> it.setTensors(List.of(new TensorEntry(name, ElementType.FLOAT32, shape, at)));
  }

  private void refused(String why, Consumer<ModelManifest> forging) {
    refused(why, forging, version(1));
  }

  private void refused(String why, Version version, Consumer<ModelManifest> forging) {
    refused(why, forging, version);
  }

  private void refused(String why, Consumer<ModelManifest> forging, Version version) {
    assertThat(taken(version, forging))
        .get()
        .isInstanceOfSatisfying(
            Step.Refused.class, it -> assertThat(it.update().reason()).contains(why));
  }

  private Optional<Step> taken(Version version, Consumer<ModelManifest> forging) {
    forging.accept(version.manifest());
    for (ModelChunk chunk :
        ModelChunks.cut("m", version.manifest().getCandidateId(), version.parameters())) {
      chunk.setData(ByteBuffer.wrap(chunk.getData().array().clone()));
      assertThat(subscription.accept(bare(Wire.modelChunk().encode(chunk)))).isEmpty();
    }
    return subscription.accept(bare(Wire.modelManifest().encode(version.manifest())));
  }
}
