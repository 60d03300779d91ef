package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.client.PythonCases.Case;
import io.engram.core.random.RandomStream;
import io.engram.engine.fused.FusedEngine;
import io.engram.model.VersionCodec;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package in {@code python} against this one: it reads and writes the same bytes, and a version adapts to the same answers. */
class PythonTest {

  /** Of max(1, |answer|): relative where answers are large, absolute where they are small. */
  private static final double TOLERANCE = 1e-5;

  private static final int QUESTIONS = 7;
  private static final Path HISTORY =
      Path.of("../schemas/src/main/resources/io/engram/schemas/history");

  @TempDir Path directory;

  @Test
  void itsOwnTestsPass() throws Exception {
    Python.require().run("-m", "unittest", "discover", "-s", "tests", "-t", ".");
  }

  @Test
  void versionsAdaptToTheSameAnswers() throws Exception {
    Python python = Python.require();
    Map<String, List<String>> expected = new TreeMap<>();
    try (Workbenches benches = new Workbenches(new FusedEngine(1))) {
      List<Case> all = new ArrayList<>(PythonCases.all());
      all.addAll(PythonTables.all());
      for (Case one : all) {
        String name = "%02d".formatted(one.version().name().number());
        expected.put(name, write(name, one, benches));
      }
    }
    assertThat(expected).hasSizeGreaterThanOrEqualTo(10);
    python.run("-m", "tests.answers", directory.toString());
    for (Map.Entry<String, List<String>> version : expected.entrySet()) {
      requireSame(
          version.getKey(),
          version.getValue(),
          Files.readAllLines(directory.resolve(version.getKey() + ".answers")));
    }
  }

  @Test
  void schemasHaveTheSameFingerprints() throws Exception {
    Python python = Python.require();
    List<String> expected = new ArrayList<>();
    try (Stream<Path> files = Files.list(HISTORY)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".avsc")).sorted().toList()) {
        Schema schema = new Schema.Parser().parse(file.toFile());
        expected.add(
            "%s %016x"
                .formatted(file.getFileName(), SchemaNormalization.parsingFingerprint64(schema)));
      }
    }
    python.run("-m", "tests.fingerprints", directory.toString());
    assertThat(Files.readAllLines(directory.resolve("fingerprints")))
        .containsExactlyElementsOf(expected);
  }

  /** Writes a version, examples and questions for the other side; returns what this side answers. */
  private List<String> write(String name, Case one, Workbenches benches) throws IOException {
    Assembly.Complete published = VersionCodec.encode(one.version(), sha256 -> "c-" + name);
    ModelManifest manifest = published.manifest();
    List<byte[]> records = new ArrayList<>();
    for (ModelChunk chunk : ModelChunks.cut(manifest, published.parameters())) {
      records.add(Wire.modelChunk().encode(chunk));
    }
    records.add(Wire.modelManifest().encode(manifest));
    Model model = Model.read(published, Instant.EPOCH, Instant.EPOCH);
    RandomStream random = new RandomStream(one.version().name().number() + 100);
    float[][] support = rows(one.examples(), model, random);
    List<float[]> questions = Arrays.asList(rows(QUESTIONS, model, random));
    List<String> answers = new ArrayList<>();
    if (!one.classes().isEmpty()) {
      List<String> labels = new ArrayList<>();
      for (int i = 0; i < support.length; i++) {
        labels.add(one.classes().get(i % one.classes().size()));
        Example example = Example.of("k", image(support[i], model), labels.get(i));
        records.add(Wire.labeledExample().encode(example.as(Part.SUPPORT).value()));
      }
      Classifier mine = Classifier.adapt(benches, model, SupportSet.of(support, labels));
      answers.add(String.join(" ", mine.classes()));
      mine.predictAll(questions).forEach(it -> answers.add(line(it.probabilities())));
    } else {
      float[][] targets = new float[support.length][];
      for (int i = 0; i < support.length; i++) {
        targets[i] = row(model.network().outputs(), random);
        Example example = Example.of("k", support[i], targets[i]);
        records.add(Wire.labeledExample().encode(example.as(Part.SUPPORT).value()));
      }
      Regressor mine = Regressor.adapt(benches, model, SupportSet.of(support, targets));
      answers.add("");
      mine.predictAll(questions).forEach(it -> answers.add(line(it)));
      questions.forEach(
          it -> mine.interval(it, 0.9).ifPresent(between -> answers.add(line(between))));
    }
    for (float[] question : questions) {
      Example example = Example.of("k", image(question, model), "?").as(Part.QUERY);
      records.add(Wire.labeledExample().encode(example.value()));
    }
    Files.write(directory.resolve(name + ".records"), framed(records));
    return answers;
  }

  private static void requireSame(String name, List<String> expected, List<String> found) {
    assertThat(found).as(name).hasSameSizeAs(expected);
    assertThat(found.get(0)).as("classes of %s", name).isEqualTo(expected.get(0));
    for (int i = 1; i < expected.size(); i++) {
      String[] ours = expected.get(i).split(" ", -1);
      String[] theirs = found.get(i).split(" ", -1);
      assertThat(theirs).as(name).hasSameSizeAs(ours);
      for (int j = 0; j < ours.length; j++) {
        double truth = Double.parseDouble(ours[j]);
        assertThat(Math.abs(Double.parseDouble(theirs[j]) - truth))
            .as("version %s, question %d: %s here, %s there", name, i, ours[j], theirs[j])
            .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(truth)));
      }
    }
  }

  private static io.engram.schemas.avro.Tensor image(float[] row, Model model) {
    int[] shape =
        Arrays.stream(model.network().input().toString().replaceAll("[^0-9,]", "").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();
    return Tensors.float32(row, shape);
  }

  private static float[][] rows(int count, Model model, RandomStream random) {
    float[][] rows = new float[count][];
    Arrays.setAll(rows, i -> row(model.network().input().size(), random));
    return rows;
  }

  private static float[] row(int length, RandomStream random) {
    float[] row = new float[length];
    for (int i = 0; i < length; i++) {
      row[i] = (float) random.nextGaussian();
    }
    return row;
  }

  private static String line(Interval interval) {
    return line(interval.lower()) + " " + line(interval.upper());
  }

  private static String line(float[] values) {
    List<String> words = new ArrayList<>();
    for (float value : values) {
      words.add(Float.toString(value));
    }
    return String.join(" ", words);
  }

  /** One after the other, each behind its length in 4 bytes. */
  private static byte[] framed(List<byte[]> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] record : records) {
      ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      bytes.writeBytes(length.putInt(0, record.length).array());
      bytes.writeBytes(record);
    }
    return bytes.toByteArray();
  }
}
