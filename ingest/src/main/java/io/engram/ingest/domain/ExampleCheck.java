package io.engram.ingest.domain;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;
import io.engram.schemas.avro.UnlabeledExample;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges one record of {@code examples} by itself, whatever came before it. Pure. */
public final class ExampleCheck {

  /** The verdict. */
  public sealed interface Verdict {

    /**
     * Fit for a task.
     *
     * @param record as it came, at the example's own time
     */
    record Accepted(String key, LabeledExample example, InputRecord record) implements Verdict {}

    /**
     * An example without a label. Its features are not judged: whoever answers says what is wrong with them.
     *
     * @param record as it came, at the example's own time
     */
    record Asked(String key, UnlabeledExample question, InputRecord record) implements Verdict {}

    /** Not fit. */
    record Refused(Refusal refusal) implements Verdict {}
  }

  private static final int QUOTED_ID = 80;
  private static final int MAX_NAME = 1_000;
  private static final int MAX_HEADER_BYTES = 32 << 10;
  private static final int BYTES_AROUND_A_HEADER = 10;

  private final ExampleRules rules;
  private final String withoutKey;
  private final ExampleDecoder decoder;
  private final Grouper.Source source;

  /**
   * @param withoutKey the task key of records without one; empty: they are refused
   * @param source where the records stand
   */
  public ExampleCheck(
      ExampleRules rules, String withoutKey, ExampleDecoder decoder, Grouper.Source source) {
    this.rules = rules;
    this.withoutKey = withoutKey;
    this.decoder = decoder;
    this.source = source;
  }

  /** What a record is. */
  public Verdict check(InputRecord record) {
    byte[] key = record.key();
    byte[] value = record.value();
    if (headerBytes(record.headers()) > MAX_HEADER_BYTES) {
      return refused(
          Category.TOO_LARGE,
          "the record's headers are longer than %d bytes together".formatted(MAX_HEADER_BYTES));
    }
    if (value != null && value.length > rules.maxBytes()) {
      return refused(
          Category.TOO_LARGE,
          "the example has %d bytes, at most %d are allowed (ingest.examples.max-bytes)"
              .formatted(value.length, rules.maxBytes()));
    }
    Decoded decoded = decoder.decode(record.seen(source));
    if (decoded instanceof Decoded.Deletion deletion) {
      return refused(Category.DELETION, deletion.what());
    }
    String own = ownKey(decoded);
    if (own != null) {
      key = own.getBytes(StandardCharsets.UTF_8);
    }
    if ((key == null || key.length == 0) && !withoutKey.isEmpty()) {
      key = withoutKey.getBytes(StandardCharsets.UTF_8);
    }
    if (key == null || key.length == 0) {
      return refused(
          Category.NO_KEY,
          "the record has no key, expected its task key (UTF-8 text); ingest.grouping.without-key=NAME groups such records");
    }
    if (key.length > MAX_NAME) {
      return refused(
          Category.TOO_LARGE,
          "the record's key has %d bytes, at most %d are allowed".formatted(key.length, MAX_NAME));
    }
    String taskKey;
    try {
      taskKey = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      return refused(
          Category.NO_KEY,
          "the record's key of %d bytes is not UTF-8, expected its task key".formatted(key.length));
    }
    if (Slot.isNumbered(taskKey)) {
      return refused(Category.NO_KEY, "the record's key ends like the name of a window");
    }
    if (decoded instanceof Decoded.Example example) {
      Long time = example.time();
      return judge(taskKey, example.value(), time == null ? record : record.at(time));
    }
    if (decoded instanceof Decoded.Question question) {
      Long time = question.time();
      return new Verdict.Asked(taskKey, question.value(), time == null ? record : record.at(time));
    }
    return refused(Category.UNDECODABLE, reason(decoded));
  }

  private static @Nullable String ownKey(Decoded decoded) {
    if (decoded instanceof Decoded.Example example) {
      return example.key();
    }
    return decoded instanceof Decoded.Question question ? question.key() : null;
  }

  private static String reason(Decoded decoded) {
    if (decoded instanceof Decoded.Undecodable undecodable) {
      return undecodable.reason();
    }
    throw new IllegalStateException("nobody waited for an answer: " + decoded);
  }

  private Verdict judge(String taskKey, LabeledExample example, InputRecord record) {
    Optional<Refusal> refusal =
        taskId(example).or(() -> features(example.getFeatures())).or(() -> label(example));
    return refusal.isPresent()
        ? new Verdict.Refused(quoting(example, refusal.get()))
        : new Verdict.Accepted(taskKey, example, record);
  }

  private static long headerBytes(List<RecordHeader> headers) {
    long bytes = 0;
    for (RecordHeader header : headers) {
      // A UTF-8 character takes at most 3 bytes per char.
      bytes += BYTES_AROUND_A_HEADER + 3L * header.key().length();
      bytes += header.value() == null ? 0 : header.value().length;
    }
    return bytes;
  }

  /** The same reason with the example's own id in front. */
  static Refusal quoting(LabeledExample example, Refusal refusal) {
    String id = example.getId();
    String quoted = id.length() <= QUOTED_ID ? id : id.substring(0, QUOTED_ID) + "…";
    return new Refusal(refusal.category(), "example '%s': %s".formatted(quoted, refusal.reason()));
  }

  private static Optional<Refusal> taskId(LabeledExample example) {
    String taskId = example.getTaskId();
    return taskId == null || taskId.length() <= MAX_NAME
        ? Optional.empty()
        : refusal(
            Category.TOO_LARGE,
            "the task id has %d characters, at most %d are allowed"
                .formatted(taskId.length(), MAX_NAME));
  }

  /** What is wrong with an example's features by themselves; empty where nothing is. */
  public Optional<Refusal> features(Tensor features) {
    if (Tensors.elements(features.getShape()) == 0) {
      return refusal(
          Category.EMPTY_FEATURES,
          "features of shape %s hold no number".formatted(features.getShape()));
    }
    Optional<Refusal> damage = numbers("feature", features);
    if (damage.isPresent()) {
      return damage;
    }
    List<Integer> expected = rules.featureShape();
    List<Integer> found = TaskSignature.featureShape(features);
    return expected.isEmpty() || expected.equals(found)
        ? Optional.empty()
        : refusal(
            Category.FEATURE_SHAPE,
            "features have shape %s, expected %s (ingest.examples.feature-shape)"
                .formatted(found, expected));
  }

  private Optional<Refusal> label(LabeledExample example) {
    if (example.getLabel() instanceof Tensor values) {
      return rules.target() == TargetKind.CLASSIFICATION
          ? refusal(
              Category.LABEL_KIND,
              "the label is a tensor of numbers, expected a class (ingest.examples.target)")
          : values(values);
    }
    if (rules.target() == TargetKind.REGRESSION) {
      return refusal(
          Category.LABEL_KIND,
          "the label is a class, expected a tensor of numbers (ingest.examples.target)");
    }
    return example.getLabel().toString().isBlank()
        ? refusal(Category.EMPTY_CLASS, "the label is an empty class name")
        : Optional.empty();
  }

  private static Optional<Refusal> values(Tensor label) {
    if (label.getShape().size() > 1 || Tensors.elements(label.getShape()) == 0) {
      return refusal(
          Category.LABEL_SHAPE,
          "the label has shape %s, expected [outputs] with at least 1 output"
              .formatted(label.getShape()));
    }
    return numbers("label number", label);
  }

  private static Optional<Refusal> numbers(String what, Tensor tensor) {
    Optional<String> problem = Tensors.problem(tensor);
    if (problem.isPresent()) {
      return refusal(Category.DAMAGED_TENSOR, "%ss: %s".formatted(what, problem.get()));
    }
    if (tensor.getElementType() == ElementType.INT32) {
      return refusal(
          Category.ELEMENT_TYPE,
          "%ss are INT32, expected FLOAT32, UINT8 or FLOAT16".formatted(what));
    }
    int index = Tensors.firstNonFinite(tensor);
    return index < 0
        ? Optional.empty()
        : refusal(
            Category.NOT_FINITE,
            "%s %d (counted from 0) is %s, expected a finite number"
                .formatted(what, index, Tensors.floats(tensor)[index]));
  }

  private static Optional<Refusal> refusal(Category category, String reason) {
    return Optional.of(new Refusal(category, reason));
  }

  private static Verdict refused(Category category, String reason) {
    return new Verdict.Refused(new Refusal(category, reason));
  }
}
