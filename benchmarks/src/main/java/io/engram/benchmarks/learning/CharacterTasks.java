package io.engram.benchmarks.learning;

import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.List;

/**
 * Few-shot tasks about characters: {@code ways} different classes in random order, of each some drawings to learn from and others to be
 * judged on. Images are 28×28, paper 1, ink 0, as in Reptile's published code, if the drawings are paper 0, ink 255.
 */
public final class CharacterTasks {

  private static final int SIDE = OmniglotArchives.SIDE;
  private static final int PIXELS = SIDE * SIDE;

  private final Drawings drawings;
  private final List<String> characters;
  private final int rotations;
  private final int ways;

  /**
   * Tasks from these characters.
   *
   * @param rotations 4 to make a class of each quarter turn of a character, 1 for characters as they are
   */
  public CharacterTasks(Drawings drawings, List<String> characters, int rotations, int ways) {
    this.drawings = drawings;
    this.characters = characters;
    this.rotations = rotations;
    this.ways = ways;
  }

  /** One task, a function of the seed. */
  public Episode draw(int shots, int queries, long seed) {
    RandomStream random = new RandomStream(seed);
    float[] support = new float[ways * shots * PIXELS];
    float[] query = new float[ways * queries * PIXELS];
    int[] classes = distinct(random);
    for (int way = 0; way < ways; way++) {
      String character = characters.get(classes[way] / rotations);
      int turns = classes[way] % rotations;
      int[] drawers = random.permutation(OmniglotArchives.DRAWINGS);
      for (int i = 0; i < shots + queries; i++) {
        byte[] upright = drawings.drawing(character, drawers[i]);
        if (i < shots) {
          turn(upright, turns, support, (way * shots + i) * PIXELS);
        } else {
          turn(upright, turns, query, (way * queries + i - shots) * PIXELS);
        }
      }
    }
    return new Episode(set(support, shots), set(query, queries), random.nextLong());
  }

  private ExampleSet set(float[] images, int perClass) {
    int[] labels = new int[ways * perClass];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i / perClass;
    }
    return new ExampleSet(PIXELS, images, new Targets.Classes(ways, labels));
  }

  private int[] distinct(RandomStream random) {
    int[] drawn = new int[ways];
    for (int i = 0; i < ways; i++) {
      int candidate = random.nextInt(characters.size() * rotations);
      for (int j = 0; j < i; j++) {
        if (drawn[j] == candidate) {
          candidate = random.nextInt(characters.size() * rotations);
          j = -1;
        }
      }
      drawn[i] = candidate;
    }
    return drawn;
  }

  /** Writes the image, turned by quarter turns, as paper 1 and ink 0. */
  private static void turn(byte[] ink, int turns, float[] into, int offset) {
    int last = SIDE - 1;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int from =
            switch (turns) {
              case 0 -> y * SIDE + x;
              case 1 -> x * SIDE + last - y;
              case 2 -> (last - y) * SIDE + last - x;
              default -> (last - x) * SIDE + y;
            };
        into[offset + y * SIDE + x] = 1f - (ink[from] & 0xff) / 255f;
      }
    }
  }
}
