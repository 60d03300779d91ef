package io.engram.model;

import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.PartitionOffset;
import io.engram.schemas.avro.TensorEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A manifest as the fields of a JSON object, which is how the registry's REST answers tell it: written to ordered maps, and read from what a
 * JSON library makes of them. How the parameters are cut into chunks is the topic's own affair and not among them.
 */
public final class ManifestFields {

  public static final String VERSION = "version";
  public static final String MODEL = "model";
  public static final String CANDIDATE_ID = "candidateId";
  public static final String METRICS = "metrics";
  public static final String TASKS = "tasks";
  public static final String META_UPDATES = "metaUpdates";
  public static final String LINEAGE = "lineage";

  private static final String CREATED_AT = "createdAt";
  private static final String NETWORK = "network";
  private static final String LABEL_SPACE = "labelSpace";
  private static final String CLASSES = "classes";
  private static final String BYTE_LENGTH = "byteLength";
  private static final String SHA256 = "sha256";
  private static final String ADAPTATION = "adaptation";
  private static final String TENSORS = "tensors";

  private ManifestFields() {}

  /** All but what stands in a list of versions: from {@code createdAt} to {@code lineage}. */
  public static Map<String, Object> detail(ModelManifest manifest) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(MODEL, manifest.getModelName());
    fields.put(CREATED_AT, manifest.getCreatedAt().toString());
    fields.put(NETWORK, manifest.getNetwork());
    fields.put(LABEL_SPACE, manifest.getLabelSpace().name());
    fields.put(CLASSES, manifest.getClasses());
    fields.put(BYTE_LENGTH, manifest.getByteLength());
    fields.put(SHA256, manifest.getSha256());
    fields.put(ADAPTATION, AdaptationFields.write(manifest.getAdaptation()));
    fields.put(TENSORS, manifest.getTensors().stream().map(TensorFields::write).toList());
    fields.put(LINEAGE, LineageFields.write(manifest.getLineage()));
    return fields;
  }

  /** Where a version comes from. */
  public static Map<String, Object> lineage(Lineage lineage) {
    return LineageFields.write(lineage);
  }

  /**
   * The manifest that an answer about one version tells.
   *
   * @throws IllegalArgumentException if a field is missing or is of another kind; names it
   */
  public static ModelManifest read(Map<?, ?> answer) {
    Fields fields = new Fields("the version", answer);
    Map<String, Double> metrics = new TreeMap<>();
    fields.object(METRICS).numbers().forEach(metrics::put);
    return new ModelManifest(
        fields.text(MODEL),
        fields.whole(VERSION),
        fields.text(CANDIDATE_ID),
        Instant.parse(fields.text(CREATED_AT)),
        fields.text(NETWORK),
        fields.word(LABEL_SPACE, LabelSpace.class),
        fields.texts(CLASSES),
        AdaptationFields.read(fields.object(ADAPTATION)),
        fields.objects(TENSORS).stream().map(TensorFields::read).toList(),
        fields.whole(BYTE_LENGTH),
        fields.text(SHA256),
        0,
        LineageFields.read(fields.object(LINEAGE)),
        metrics);
  }

  /** How consumers adapt it. */
  private static final class AdaptationFields {

    private static final String STEPS = "steps";
    private static final String OPTIMIZER = "optimizer";
    private static final String BATCH_SIZE = "batchSize";
    private static final String SCOPE = "scope";
    private static final String NORMALIZATION = "normalization";

    private static Map<String, Object> write(Adaptation adaptation) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(STEPS, adaptation.getSteps());
      fields.put(OPTIMIZER, adaptation.getOptimizer());
      fields.put(BATCH_SIZE, adaptation.getBatchSize());
      fields.put(SCOPE, adaptation.getScope());
      fields.put(NORMALIZATION, adaptation.getNormalization());
      return fields;
    }

    private static Adaptation read(Fields fields) {
      return new Adaptation(
          Math.toIntExact(fields.whole(STEPS)),
          fields.text(OPTIMIZER),
          Math.toIntExact(fields.whole(BATCH_SIZE)),
          fields.text(SCOPE),
          fields.text(NORMALIZATION));
    }
  }

  /** Where a tensor lies. */
  private static final class TensorFields {

    private static final String NAME = "name";
    private static final String ELEMENT_TYPE = "elementType";
    private static final String SHAPE = "shape";
    private static final String BYTE_OFFSET = "byteOffset";

    private static Map<String, Object> write(TensorEntry tensor) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(NAME, tensor.getName());
      fields.put(ELEMENT_TYPE, tensor.getElementType().name());
      fields.put(SHAPE, tensor.getShape());
      fields.put(BYTE_OFFSET, tensor.getByteOffset());
      return fields;
    }

    private static TensorEntry read(Fields fields) {
      return new TensorEntry(
          fields.text(NAME),
          fields.word(ELEMENT_TYPE, ElementType.class),
          fields.wholes(SHAPE),
          fields.whole(BYTE_OFFSET));
    }
  }

  /** What is needed to make it again. */
  private static final class LineageFields {

    private static final String PARENT_CANDIDATE_ID = "parentCandidateId";
    private static final String OFFSETS = "offsets";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final String SEED = "seed";
    private static final String HYPER_PARAMETERS = "hyperParameters";
    private static final String SCHEMA_FINGERPRINTS = "schemaFingerprints";
    private static final String ENGINE = "engine";
    private static final String CODE_VERSION = "codeVersion";
    private static final String JDK = "jdk";
    private static final String ARCHITECTURE = "architecture";

    private static Map<String, Object> write(Lineage lineage) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(PARENT_CANDIDATE_ID, lineage.getParentCandidateId());
      fields.put(OFFSETS, lineage.getOffsets().stream().map(LineageFields::position).toList());
      fields.put(TASKS, lineage.getTasks());
      fields.put(META_UPDATES, lineage.getMetaUpdates());
      fields.put(SEED, lineage.getSeed());
      fields.put(HYPER_PARAMETERS, new TreeMap<>(lineage.getHyperParameters()));
      fields.put(SCHEMA_FINGERPRINTS, new TreeMap<>(lineage.getSchemaFingerprints()));
      fields.put(ENGINE, lineage.getEngine());
      fields.put(CODE_VERSION, lineage.getCodeVersion());
      fields.put(JDK, lineage.getJdk());
      fields.put(ARCHITECTURE, lineage.getArchitecture());
      return fields;
    }

    private static Map<String, Object> position(PartitionOffset at) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(PARTITION, at.getPartition());
      fields.put(OFFSET, at.getOffset());
      return fields;
    }

    private static Lineage read(Fields fields) {
      List<PartitionOffset> offsets =
          fields.objects(OFFSETS).stream()
              .map(
                  at -> new PartitionOffset(Math.toIntExact(at.whole(PARTITION)), at.whole(OFFSET)))
              .toList();
      return new Lineage(
          fields.textOrNull(PARENT_CANDIDATE_ID),
          offsets,
          fields.whole(TASKS),
          fields.whole(META_UPDATES),
          fields.whole(SEED),
          fields.object(HYPER_PARAMETERS).texts(),
          fields.object(SCHEMA_FINGERPRINTS).texts(),
          fields.text(ENGINE),
          fields.text(CODE_VERSION),
          fields.text(JDK),
          fields.text(ARCHITECTURE));
    }
  }
}
