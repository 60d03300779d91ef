package io.engram.learner.agent;

import io.engram.core.compute.InnerLoop;
import io.engram.core.compute.InnerOptimizer;
import io.engram.core.compute.StepSizes;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.core.learning.AdaptationRule;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.RunningScale;
import io.engram.core.meta.InnerSteps;
import io.engram.core.network.Head;
import io.engram.core.network.ParameterTensor;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.PartitionOffset;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a candidate of a state. A pure function of the state and what the process is: made again after a crash, it is the same to
 * the byte.
 */
final class CandidateFactory {

  private final String modelName;
  private final LifelongSettings settings;
  private final AdaptationRule adaptation;
  private final Provenance provenance;

  CandidateFactory(String modelName, LifelongSettings settings, Provenance provenance) {
    this.modelName = modelName;
    this.settings = settings;
    this.adaptation = settings.adaptation();
    this.provenance = provenance;
  }

  Candidate make(LifelongState state, @Nullable String parentId) {
    ParameterBytes bytes = parameters(state);
    byte[] blob = bytes.toByteArray();
    String sha256 = ModelChunks.sha256(blob);
    ModelManifest manifest =
        ModelManifest.newBuilder()
            .setModelName(modelName)
            .setVersion(0)
            .setCandidateId(CandidateIds.of(state.progress().groups(), sha256))
            .setCreatedAt(Instant.ofEpochMilli(state.progress().newestTaskAt()))
            .setNetwork(settings.network().toString())
            .setLabelSpace(labelSpace())
            .setClasses(state.labels())
            .setAdaptation(adaptation())
            .setTensors(bytes.entries())
            .setByteLength(blob.length)
            .setSha256(sha256)
            .setChunkCount(ModelChunks.cut(modelName, sha256, blob).size())
            .setLineage(lineage(state, parentId))
            .setMetrics(metrics(state))
            .build();
    return new Candidate(manifest, blob);
  }

  private ParameterBytes parameters(LifelongState state) {
    ParameterBytes bytes = new ParameterBytes().add("parameters", state.theta());
    float[] stepSizes = state.stepSizes();
    if (adaptation.learned() == InnerSteps.PER_PARAMETER) {
      bytes.add("stepSizes", stepSizes);
    } else if (adaptation.learned() == InnerSteps.PER_TENSOR_PER_STEP) {
      int steps = adaptation.inner().steps();
      bytes.add("stepSizes", stepSizes, steps, stepSizes.length / Math.max(1, steps));
    }
    addScale(bytes, "input", state.inputScale());
    addScale(bytes, "target", state.targetScale());
    for (ParameterTensor tensor : settings.network().layout().tensors()) {
      String role = tensor.role().name().toLowerCase(Locale.ROOT);
      bytes.part(tensor.layer() + "." + role, tensor.offset(), tensor.shape());
    }
    return bytes;
  }

  private static void addScale(ParameterBytes bytes, String of, @Nullable RunningScale scale) {
    if (scale != null) {
      float[] mean = new float[scale.mean().length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) scale.mean()[i];
      }
      bytes.add(of + "Mean", mean).add(of + "Scale", scale.deviation());
    }
  }

  private LabelSpace labelSpace() {
    if (settings.network().head() == Head.MEAN_SQUARED_ERROR) {
      return LabelSpace.NONE;
    }
    return switch (settings.labelSpace()) {
      case PER_TASK -> LabelSpace.PER_TASK;
      case GLOBAL -> LabelSpace.GLOBAL;
    };
  }

  private Adaptation adaptation() {
    InnerLoop inner = adaptation.inner();
    return new Adaptation(
        inner.steps(),
        optimizer(inner.optimizer()),
        inner.batching() instanceof InnerLoop.Batching.Mini mini ? mini.size() : 0,
        inner.scope().name(),
        adaptation.scoring().name());
  }

  private String optimizer(InnerOptimizer optimizer) {
    if (optimizer instanceof InnerOptimizer.Adam adam) {
      return "adam(%s,%s,%s,%s)"
          .formatted(adam.stepSize(), adam.beta1(), adam.beta2(), adam.epsilon());
    }
    return switch (adaptation.learned()) {
      case PER_PARAMETER -> "sgd(per-parameter)";
      case PER_TENSOR_PER_STEP -> "sgd(per-tensor-per-step)";
      case FIXED -> "sgd(" + uniform(((InnerOptimizer.Sgd) optimizer).stepSizes()) + ")";
    };
  }

  private static float uniform(StepSizes stepSizes) {
    if (stepSizes instanceof StepSizes.Uniform uniform) {
      return uniform.value();
    }
    throw new IllegalStateException("a fixed inner loop has one step size, found " + stepSizes);
  }

  private Lineage lineage(LifelongState state, @Nullable String parentId) {
    List<PartitionOffset> offsets =
        state.progress().nextOffsets().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> new PartitionOffset(entry.getKey(), entry.getValue()))
            .toList();
    return Lineage.newBuilder()
        .setParentCandidateId(parentId)
        .setOffsets(offsets)
        .setTasks(state.progress().tasks())
        .setMetaUpdates(state.updates())
        .setSeed(settings.seed())
        .setHyperParameters(Map.of("settings", settings.inWords()))
        .setSchemaFingerprints(provenance.schemaFingerprints())
        .setEngine(provenance.engine())
        .setCodeVersion(provenance.codeVersion())
        .setJdk(provenance.jdk())
        .setArchitecture(provenance.architecture())
        .build();
  }

  private static Map<String, Double> metrics(LifelongState state) {
    ScoreWindow last = state.scores().lastWindow();
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("prequential.window", last.model());
    // NaN says that something was not scored; the registry refuses numbers that are none.
    putScored(metrics, "prequential.untrained", last.untrained());
    putScored(metrics, "prequential.nearestNeighbour", last.nearestNeighbour());
    putScored(metrics, "retained.score", state.retained().score());
    putScored(metrics, "retained.before", state.retained().before());
    return metrics;
  }

  private static void putScored(Map<String, Double> metrics, String name, double score) {
    if (!Double.isNaN(score)) {
      metrics.put(name, score);
    }
  }
}
