package io.engram.cli.source;

import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.schemas.avro.LabeledExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends sessions as a real stream would carry them: {@code interleave} of them run at a time, and which one speaks next is random.
 * A block of sessions ends before the next one begins, so that any index is found without replaying what came before.
 */
public final class SessionSource implements ExampleSource {

  private final Sessions sessions;
  private final OptionalLong limit;
  private final int interleave;
  private final long seed;

  /**
   * @param limit number of sessions, or empty to go on for ever
   */
  public SessionSource(Sessions sessions, OptionalLong limit, int interleave, long seed) {
    this.sessions = sessions;
    this.limit = limit;
    this.interleave = interleave;
    this.seed = seed;
  }

  @Override
  public OptionalLong size() {
    return limit.isPresent()
        ? OptionalLong.of(Math.multiplyExact(limit.getAsLong(), sessions.examplesPerSession()))
        : OptionalLong.empty();
  }

  @Override
  public boolean finite() {
    return limit.isPresent();
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> identity = new TreeMap<>(sessions.identity());
    identity.put("interleave", Integer.toString(interleave));
    identity.put("seed", Long.toString(seed));
    // A longer stream begins like a shorter one, unless the shorter one ends within a block.
    limit.ifPresent(
        count -> {
          if (count % interleave != 0) {
            identity.put("tasks", Long.toString(count));
          }
        });
    return identity;
  }

  @Override
  public String description() {
    return sessions.description();
  }

  @Override
  public Cursor open(long first) {
    return new SessionCursor(first);
  }

  private final class SessionCursor implements Cursor {
    private long index;
    private long loaded = -1;
    private List<SourceRecord> block = List.of();

    SessionCursor(long first) {
      this.index = first;
    }

    @Override
    public @Nullable SourceRecord next() {
      if (limit.isPresent() && index >= size().orElseThrow()) {
        return null;
      }
      long blockSize = (long) interleave * sessions.examplesPerSession();
      long number = index / blockSize;
      if (number != loaded) {
        block = load(number, number * blockSize);
        loaded = number;
      }
      return block.get((int) (index++ % blockSize));
    }

    private List<SourceRecord> load(long number, long firstIndex) {
      long firstSession = number * interleave;
      int running =
          limit.isPresent()
              ? (int) Math.min(interleave, limit.getAsLong() - firstSession)
              : interleave;
      List<List<LabeledExample>> examples = new ArrayList<>();
      for (int s = 0; s < running; s++) {
        examples.add(sessions.examples(firstSession + s));
      }
      RandomStream random =
          new RandomStream(Seeds.derive(seed, Purpose.STREAM, Long.MAX_VALUE, number));
      int[] turns = random.permutation(running * sessions.examplesPerSession());
      int[] spoken = new int[running];
      List<SourceRecord> records = new ArrayList<>(turns.length);
      for (int turn : turns) {
        int s = turn % running;
        LabeledExample example = examples.get(s).get(spoken[s]++);
        String key = sessions.key(firstSession + s);
        records.add(new SourceRecord.Example(firstIndex + records.size(), key, example));
      }
      return records;
    }
  }
}
