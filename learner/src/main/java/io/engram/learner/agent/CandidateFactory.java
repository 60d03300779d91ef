package io.engram.learner.agent;

import io.engram.core.learning.AdaptationRule;
import io.engram.core.learning.DrawBy;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.RunningScale;
import io.engram.core.learning.TableState;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.model.Adaptation;
import io.engram.model.Generation;
import io.engram.model.Metric;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.schemas.Assembly;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.PartitionOffset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    Assembly.Complete encoded =
        VersionCodec.encode(
            version(state, parentId), sha256 -> CandidateIds.of(state.progress().groups(), sha256));
    return new Candidate(encoded.manifest(), encoded.parameters());
  }

  private Version version(LifelongState state, @Nullable String parentId) {
    NetworkSpec network = settings.network();
    RunningScale inputs = state.inputScale();
    RunningScale targets = state.targetScale();
    return new Version(
        new Version.Name(modelName, 0, Instant.ofEpochMilli(state.progress().newestTaskAt())),
        network,
        new Version.Labels(labelSpace(), state.labels()),
        adaptation(state),
        new Version.Weights(
            state.theta(),
            inputs == null ? null : inputs.freezeForInputs(),
            targets == null ? null : targets.freezeForTargets()),
        Metric.stated(state.scores().lastWindow(), state.retained()),
        lineage(state, parentId));
  }

  private String inWords() {
    DrawBy drawBy = settings.basics().drawBy();
    return drawBy == DrawBy.POSITION
        ? settings.inWords()
        : settings.inWords() + ", drawBy=" + drawBy;
  }

  private Adaptation adaptation(LifelongState state) {
    if (state instanceof TableState table) {
      return new Adaptation.ByTable(table.model());
    }
    int tensors = settings.network().layout().tensors().size();
    return Adaptation.by(
        adaptation.learned().in(adaptation.inner(), state.stepSizes(), tensors),
        adaptation.scoring());
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
        .setHyperParameters(
            provenance
                .wishes()
                .among(
                    Generation.among(Map.of("settings", inWords()), provenance.generation()),
                    settings.network().head()))
        .setSchemaFingerprints(provenance.schemaFingerprints())
        .setEngine(provenance.engine())
        .setCodeVersion(provenance.codeVersion())
        .setJdk(provenance.jdk())
        .setArchitecture(provenance.architecture())
        .build();
  }
}
