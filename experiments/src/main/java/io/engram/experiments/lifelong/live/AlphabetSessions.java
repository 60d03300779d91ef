package io.engram.experiments.lifelong.live;

import io.engram.cli.source.Sessions;
import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.experiments.lifelong.live.FewShot.Shown;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sessions of an itinerary: each stretch has equally many, all about its alphabet, which is their task key. */
record AlphabetSessions(
    Alphabets alphabets, Itinerary itinerary, FewShot task, int sessionsPerStretch, long seed)
    implements Sessions {

  @Override
  public int examplesPerSession() {
    return task.examples();
  }

  @Override
  public String key(long number) {
    return itinerary.stretches().get((int) (number / sessionsPerStretch));
  }

  @Override
  public List<LabeledExample> examples(long number) {
    RandomStream random = new RandomStream(Seeds.derive(seed, Purpose.STREAM, number));
    List<String> characters = alphabets.charactersOf(key(number));
    List<LabeledExample> examples = new ArrayList<>(task.examples());
    for (Shown shown : task.draw(characters, 0, Alphabets.LEARNED, random)) {
      examples.add(
          new LabeledExample(
              "session-%d/%d".formatted(number, examples.size()),
              Tensors.uint8(
                  alphabets.drawings().of(shown.character(), shown.drawer()),
                  1,
                  OmniglotArchives.SIDE,
                  OmniglotArchives.SIDE),
              shown.character(),
              null,
              shown.support() ? Part.SUPPORT : Part.QUERY));
    }
    return examples;
  }

  @Override
  public Map<String, String> identity() {
    // Sorted: as text it must be the same in every process.
    return new TreeMap<>(
        Map.of(
            "source", "alphabets",
            "task", task.toString(),
            "sessionsPerStretch", Integer.toString(sessionsPerStretch),
            "stretches", String.join(",", itinerary.stretches())));
  }

  @Override
  public String description() {
    return "Omniglot's alphabets one after another, %d sessions each, %s"
        .formatted(sessionsPerStretch, task);
  }
}
