package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;

/** Which episodes gave finite numbers; the others are left out of every sum. */
final class SickEpisodes {

  /** As in the kernels: healthy episodes are summed up by so many at a time. */
  static final int CHUNK = 8;

  private static final int GATHER_THREADS = 256;

  private final int episodes;
  private final long notFinite;
  private final long healthy;
  private final long count;
  private final Arena arena;

  SickEpisodes(Arena arena, int episodes) {
    this.arena = arena;
    this.episodes = episodes;
    this.notFinite = arena.floats(episodes);
    this.healthy = arena.floats(episodes);
    this.count = arena.floats(1);
  }

  /** How many sums of up to {@link #CHUNK} episodes there are. */
  int chunks() {
    return Math.max(1, (episodes + CHUNK - 1) / CHUNK);
  }

  /** [slots] ints that become 1. */
  long notFinite() {
    return notFinite;
  }

  /** [count] slots in the episodes' order. */
  long healthy() {
    return healthy;
  }

  /** How many. */
  long count() {
    return count;
  }

  /** Everybody is healthy to begin with. */
  void begin(Recording to) {
    to.copy(1, Rows.NONE, Rows.shared(notFinite), episodes);
  }

  /** Looks at a vector of each episode. */
  void check(Recording to, Rows values, int length) {
    if (length > 0) {
      ParameterBlock block = values.to(new ParameterBlock());
      block.pointer(notFinite).number(length);
      to.sweep("check_finite", episodes, length, block);
    }
  }

  /** Lists the healthy; their flags go to {@code flags}. */
  void gather(Recording to, long slots, Rows flags) {
    ParameterBlock block =
        new ParameterBlock()
            .pointer(notFinite)
            .pointer(slots)
            .pointer(healthy)
            .pointer(count)
            .number(episodes);
    to.launch("gather_healthy", 1, GATHER_THREADS, 0, block);
    ParameterBlock copy = new Rows(notFinite, 1).to(new ParameterBlock());
    flags.to(copy).number(episodes);
    to.each("copy_flags", 1, episodes, copy);
  }

  /** The mean of a vector of each healthy episode. */
  void mean(Recording to, Rows from, long into, int length) {
    if (length == 0) {
      return;
    }
    long partial = arena.floats((long) chunks() * length);
    ParameterBlock block = from.to(new ParameterBlock());
    block.pointer(healthy).pointer(count).pointer(partial).pointer(into).number(length);
    to.sweep("reduce_chunks", chunks(), length, block);
    to.sweep("reduce_mean", 1, length, block);
  }

  /** The mean out of sums of chunks that are there already. */
  void meanOfChunks(Recording to, long partial, long into, int length) {
    ParameterBlock block = Rows.NONE.to(new ParameterBlock());
    block.pointer(healthy).pointer(count).pointer(partial).pointer(into).number(length);
    to.sweep("reduce_mean", 1, length, block);
  }
}
