package io.engram.core.testing;

import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;
import io.engram.core.memory.DrawKind;
import io.engram.core.memory.Remembered;
import io.engram.core.memory.ReplayDraw;
import java.util.List;

/**
 * Draws for replay with a setting, as somebody else would add them: this file, and a line in META-INF/services. Tasks that came early are drawn
 * more often.
 *
 * @param times how much more often
 */
public record DrawEarly(int times) implements ReplayDraw {

  private static final int EARLY = 100;

  public DrawEarly {
    if (times < 2) {
      throw new OutOfBounds("times", times, "at least 2");
    }
  }

  @Override
  public String name() {
    return "early";
  }

  @Override
  public long weight(Remembered task, long arrivals) {
    return task.arrival() < EARLY ? times : 1;
  }

  /** As it is configured: in section {@code learner.early}. */
  public static final class Kind implements DrawKind {

    @Override
    public String name() {
      return "early";
    }

    @Override
    public List<Key> keys() {
      return List.of(Key.of("times", 3).meaning("How much more often early tasks are drawn."));
    }

    @Override
    public ReplayDraw draw(Values values) {
      return new DrawEarly(values.integer("times"));
    }
  }
}
