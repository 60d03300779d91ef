package io.engram.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.format.FormatChoice;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExampleCheckTest {

  private static final byte[] KEY = "user-1".getBytes(StandardCharsets.UTF_8);
  private final ExampleCheck check = check(new ExampleRules(List.of(), TargetKind.AUTO, 500));

  @Test
  void aGoodExampleIsAccepted() {
    LabeledExample example = Examples.classified(1, "cat");
    InputRecord record = record(KEY, Examples.bytes(example));
    assertThat(check.check(record))
        .isEqualTo(new ExampleCheck.Verdict.Accepted("user-1", example, record));
  }

  @Test
  void bytesThatAreNoExample() {
    refused(KEY, null, Category.UNDECODABLE, "found no value (null), expected a LabeledExample");
    refused(
        KEY,
        "a,b,c,d,e,f,g".getBytes(StandardCharsets.UTF_8),
        Category.UNDECODABLE,
        "found the first bytes 61 2C, expected a LabeledExample in Avro single-object encoding, which starts with C3 01");
  }

  @Test
  void keys() {
    byte[] good = Examples.bytes(Examples.classified(1, "cat"));
    refused(
        null,
        good,
        Category.NO_KEY,
        "the record has no key, expected its task key (UTF-8 text); ingest.grouping.without-key=NAME groups such records");
    refused(
        new byte[0],
        good,
        Category.NO_KEY,
        "the record has no key, expected its task key (UTF-8 text); ingest.grouping.without-key=NAME groups such records");
    refused(
        new byte[] {(byte) 0xff, 1},
        good,
        Category.NO_KEY,
        "the record's key of 2 bytes is not UTF-8, expected its task key");
    refused(
        new byte[1001],
        good,
        Category.TOO_LARGE,
        "the record's key has 1001 bytes, at most 1000 are allowed");
  }

  @Test
  void sizes() {
    refused(
        KEY,
        new byte[501],
        Category.TOO_LARGE,
        "the example has 501 bytes, at most 500 are allowed (ingest.examples.max-bytes)");
  }

  @Test
  void headers() {
    List<RecordHeader> headers = Collections.nCopies(4_000, new RecordHeader("", null));
    byte[] good = Examples.bytes(Examples.classified(1, "cat"));
    assertThat(check.check(new InputRecord(KEY, good, headers, 0, 0)))
        .isEqualTo(
            refusal(
                Category.TOO_LARGE, "the record's headers are longer than 32768 bytes together"));
  }

  @Test
  void aReasonIsNeverLong() {
    assertThat(new Refusal(Category.NO_KEY, "x".repeat(10_000)).reason()).hasSize(601);
  }

  @Test
  void features() {
    features(
        new Tensor(ElementType.FLOAT32, List.of(2, 0), ByteBuffer.allocate(0)),
        Category.EMPTY_FEATURES,
        "example 'e-f': features of shape [2, 0] hold no number");
    features(
        new Tensor(ElementType.FLOAT32, List.of(2, 2), ByteBuffer.allocate(15)),
        Category.DAMAGED_TENSOR,
        "example 'e-f': features: 15 bytes found, shape [2, 2] of FLOAT32 needs 16");
    features(
        new Tensor(ElementType.UINT8, List.of(1 << 30, 1 << 30), ByteBuffer.allocate(15)),
        Category.DAMAGED_TENSOR,
        "example 'e-f': features: shape [1073741824, 1073741824] has a negative size or too many elements");
    features(
        Tensors.int32(new int[] {1}, 1),
        Category.ELEMENT_TYPE,
        "example 'e-f': features are INT32, expected FLOAT32, UINT8 or FLOAT16");
    features(
        Tensors.float32(new float[] {1, Float.NEGATIVE_INFINITY}, 2),
        Category.NOT_FINITE,
        "example 'e-f': feature 1 (counted from 0) is -Infinity, expected a finite number");
  }

  @Test
  void labels() {
    label("  ", Category.EMPTY_CLASS, "the label is an empty class name");
    label(
        Tensors.float32(new float[] {1, Float.NaN}, 2),
        Category.NOT_FINITE,
        "label number 1 (counted from 0) is NaN, expected a finite number");
    label(
        Tensors.float32(new float[4], 2, 2),
        Category.LABEL_SHAPE,
        "the label has shape [2, 2], expected [outputs] with at least 1 output");
    label(
        new Tensor(ElementType.FLOAT32, List.of(2), ByteBuffer.allocate(4)),
        Category.DAMAGED_TENSOR,
        "label numbers: 4 bytes found, shape [2] of FLOAT32 needs 8");
  }

  @Test
  void whatTheConfigurationAsksFor() {
    ExampleCheck classes = check(new ExampleRules(List.of(1), TargetKind.CLASSIFICATION, 500));
    assertThat(classes.check(record(KEY, Examples.bytes(Examples.regression(1)))))
        .isEqualTo(
            refusal(
                Category.LABEL_KIND,
                "example 'e-1': the label is a tensor of numbers, expected a class (ingest.examples.target)"));
    ExampleCheck regression = check(new ExampleRules(List.of(1), TargetKind.REGRESSION, 500));
    assertThat(regression.check(record(KEY, Examples.bytes(Examples.classified(1, "a")))))
        .isEqualTo(
            refusal(
                Category.LABEL_KIND,
                "example 'e-1': the label is a class, expected a tensor of numbers (ingest.examples.target)"));
    ExampleCheck images = check(new ExampleRules(List.of(1, 28, 28), TargetKind.AUTO, 500));
    assertThat(images.check(record(KEY, Examples.bytes(Examples.classified(1, "a")))))
        .isEqualTo(
            refusal(
                Category.FEATURE_SHAPE,
                "example 'e-1': features have shape [1], expected [1, 28, 28] (ingest.examples.feature-shape)"));
  }

  @Test
  void aSingleNumberHasShapeOne() {
    LabeledExample scalar = Examples.withFeatures(Tensors.float32(new float[] {1}));
    assertThat(
            check(new ExampleRules(List.of(1), TargetKind.AUTO, 500))
                .check(record(KEY, Examples.bytes(scalar))))
        .isInstanceOf(ExampleCheck.Verdict.Accepted.class);
  }

  private void features(Tensor features, Category category, String reason) {
    refused(KEY, Examples.bytes(Examples.withFeatures(features)), category, reason);
  }

  private void label(Object label, Category category, String reason) {
    refused(
        KEY,
        Examples.bytes(Examples.example(1, label, null, Part.AUTO)),
        category,
        "example 'e-1': " + reason);
  }

  private void refused(
      byte @Nullable [] key, byte @Nullable [] value, Category category, String reason) {
    assertThat(check.check(record(key, value))).isEqualTo(refusal(category, reason));
  }

  private static ExampleCheck check(ExampleRules rules) {
    return new ExampleCheck(
        rules, "", ExampleFormats.open(FormatChoice.avro()), new Grouper.Source("examples", 0));
  }

  private static InputRecord record(byte @Nullable [] key, byte @Nullable [] value) {
    return new InputRecord(key, value, List.of(), 0, 0);
  }

  private static ExampleCheck.Verdict refusal(Category category, String reason) {
    return new ExampleCheck.Verdict.Refused(new Refusal(category, reason));
  }
}
