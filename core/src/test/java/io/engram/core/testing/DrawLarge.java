package io.engram.core.testing;

import io.engram.core.memory.Remembered;
import io.engram.core.memory.ReplayDraw;

/** Draws for replay as somebody else would add them: this file, and a line in META-INF/services. Large tasks more often. */
public record DrawLarge() implements ReplayDraw {

  @Override
  public String name() {
    return "large";
  }

  @Override
  public long weight(Remembered task, long arrivals) {
    return 1L + task.bytes();
  }
}
