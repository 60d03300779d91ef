package io.engram.benchmarks.memory;

import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.core.random.RandomStream;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tasks of 25 drawings of 5 characters, 28×28 floats each, as they lie in the log; a supply that is offered again and again. */
final class DrawingTasks {

  static final int WAYS = 5;
  static final int PIXELS = OmniglotArchives.SIDE * OmniglotArchives.SIDE;

  private static final int QUERIES = 4;
  private static final int SUPPLY = 300;

  private final List<byte[]> records;

  private DrawingTasks(List<byte[]> records) {
    this.records = records;
  }

  static DrawingTasks read(Path directory) {
    List<byte[]> records = new ArrayList<>(SUPPLY);
    try (OmniglotArchives archives =
        OmniglotArchives.open(directory, OmniglotArchives.Sampling.AREA)) {
      List<String> characters = archives.characters();
      for (int i = 0; i < SUPPLY; i++) {
        records.add(record(archives, characters, i));
      }
    }
    return new DrawingTasks(records);
  }

  /** The record of the task with this number. */
  byte[] record(long number) {
    return records.get((int) (number % SUPPLY));
  }

  private static byte[] record(OmniglotArchives archives, List<String> characters, long number) {
    RandomStream random = new RandomStream(number);
    int[] order = random.permutation(characters.size());
    List<String> classes = new ArrayList<>();
    float[] support = new float[WAYS * PIXELS];
    float[] query = new float[WAYS * QUERIES * PIXELS];
    for (int way = 0; way < WAYS; way++) {
      String character = characters.get(order[way]);
      classes.add(character);
      int[] drawers = random.permutation(OmniglotArchives.DRAWINGS);
      copy(archives.drawing(character, drawers[0]), support, way);
      for (int i = 0; i < QUERIES; i++) {
        copy(archives.drawing(character, drawers[1 + i]), query, way * QUERIES + i);
      }
    }
    long examples = WAYS * (1L + QUERIES);
    return Wire.task()
        .encode(
            new Task(
                "drawings#" + number,
                "drawings",
                number,
                ClosedBy.SIZE,
                Instant.ofEpochMilli(number),
                classes,
                block(support, 1),
                block(query, QUERIES),
                0,
                number * examples,
                number * examples + examples - 1));
  }

  private static void copy(byte[] ink, float[] images, int place) {
    for (int i = 0; i < PIXELS; i++) {
      images[place * PIXELS + i] = 1f - (ink[i] & 0xff) / 255f;
    }
  }

  private static ExampleBlock block(float[] images, int perClass) {
    int count = WAYS * perClass;
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i / perClass;
    }
    return new ExampleBlock(
        Tensors.float32(images, count, 1, OmniglotArchives.SIDE, OmniglotArchives.SIDE),
        Tensors.int32(labels, count));
  }
}
