package io.engram.cli.source.omniglot;

import io.engram.cli.source.Sessions;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Each session is about {@code ways} classes drawn from the training characters, a character turned by 0, 90, 180 or 270 degrees being
 * a class of its own; of each class it shows {@code shots} drawings to learn from and then {@code queries} others, all by different
 * drawers.
 */
final class OmniglotSessions implements Sessions {

  private static final int ROTATIONS = 4;

  private final OmniglotArchives archives;
  private final List<String> characters;
  private final int ways;
  private final int shots;
  private final int queries;
  private final long seed;

  OmniglotSessions(
      OmniglotArchives archives,
      List<String> characters,
      int ways,
      int shots,
      int queries,
      long seed) {
    if (ways < 2 || ways > characters.size()) {
      throw new IllegalArgumentException(
          "ways must be 2 to %d, found %d".formatted(characters.size(), ways));
    }
    if (shots < 1 || queries < 1 || shots + queries > OmniglotArchives.DRAWINGS) {
      throw new IllegalArgumentException(
          "shots and queries must be at least 1 and together at most the %d drawings of a character, found %d and %d"
              .formatted(OmniglotArchives.DRAWINGS, shots, queries));
    }
    this.archives = archives;
    this.characters = characters;
    this.ways = ways;
    this.shots = shots;
    this.queries = queries;
    this.seed = seed;
  }

  /** A character, turned. */
  private record TurnedCharacter(String character, int quarterTurns) {
    String label() {
      return "%s/rot%03d".formatted(character, 90 * quarterTurns);
    }
  }

  /** Labels that there are. */
  int classes() {
    return characters.size() * ROTATIONS;
  }

  @Override
  public int examplesPerSession() {
    return ways * (shots + queries);
  }

  @Override
  public String key(long number) {
    return "session-" + number;
  }

  @Override
  public List<LabeledExample> examples(long number) {
    RandomStream random = new RandomStream(Seeds.derive(seed, Purpose.STREAM, number));
    List<TurnedCharacter> classes = draw(random);
    int[][] drawers = new int[ways][];
    for (int way = 0; way < ways; way++) {
      drawers[way] = random.permutation(OmniglotArchives.DRAWINGS);
    }
    List<LabeledExample> examples = new ArrayList<>(examplesPerSession());
    for (int i : random.permutation(ways * shots)) {
      examples.add(example(number, examples.size(), classes, drawers, i % ways, i / ways));
    }
    for (int i : random.permutation(ways * queries)) {
      examples.add(example(number, examples.size(), classes, drawers, i % ways, shots + i / ways));
    }
    return examples;
  }

  @Override
  public Map<String, String> identity() {
    return new TreeMap<>(
        Map.of(
            "source", "omniglot",
            "ways", Integer.toString(ways),
            "shots", Integer.toString(shots),
            "queries", Integer.toString(queries)));
  }

  @Override
  public String description() {
    return "Omniglot, %d-way %d-shot, %d query drawings of each class"
        .formatted(ways, shots, queries);
  }

  private List<TurnedCharacter> draw(RandomStream random) {
    Set<Integer> drawn = new HashSet<>();
    List<TurnedCharacter> classes = new ArrayList<>(ways);
    while (classes.size() < ways) {
      int number = random.nextInt(characters.size() * ROTATIONS);
      if (drawn.add(number)) {
        classes.add(new TurnedCharacter(characters.get(number / ROTATIONS), number % ROTATIONS));
      }
    }
    return classes;
  }

  private LabeledExample example(
      long session,
      int place,
      List<TurnedCharacter> classes,
      int[][] drawers,
      int way,
      int drawing) {
    TurnedCharacter shown = classes.get(way);
    byte[] upright = archives.drawing(shown.character, drawers[way][drawing]);
    return new LabeledExample(
        key(session) + "/" + place,
        Tensors.uint8(
            turn(upright, shown.quarterTurns), 1, OmniglotArchives.SIDE, OmniglotArchives.SIDE),
        shown.label(),
        null,
        drawing < shots ? Part.SUPPORT : Part.QUERY);
  }

  /** Turned counter-clockwise. */
  static byte[] turn(byte[] image, int quarterTurns) {
    int side = OmniglotArchives.SIDE;
    byte[] turned = image;
    for (int turn = 0; turn < quarterTurns; turn++) {
      byte[] next = new byte[turned.length];
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          next[y * side + x] = turned[x * side + (side - 1 - y)];
        }
      }
      turned = next;
    }
    return turned;
  }
}
