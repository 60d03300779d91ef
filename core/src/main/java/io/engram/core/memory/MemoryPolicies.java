package io.engram.core.memory;

import io.engram.core.kind.Key;
import io.engram.core.kind.Kinds;
import io.engram.core.kind.Values;
import java.util.ArrayList;
import java.util.List;

/** The policies of the episodic memory that are on the class path. */
public final class MemoryPolicies {

  private MemoryPolicies() {}

  /**
   * What a full memory may keep: ours, then those that were added.
   *
   * @throws IllegalStateException if one of them cannot be loaded
   */
  public static List<RetentionPolicy> retentions() {
    List<RetentionPolicy> all = new ArrayList<>(List.of(Retention.values()));
    all.addAll(Kinds.load(RetentionPolicy.class, "a RetentionPolicy"));
    return all;
  }

  /**
   * How tasks may be drawn for replay: what has settings, then what has none.
   *
   * @throws IllegalStateException if one of them cannot be loaded, or two with settings have one name
   */
  public static List<DrawKind> draws() {
    List<DrawKind> all =
        new ArrayList<>(Kinds.all(DrawKind.class, "a ReplayDraw", "draws for replay"));
    Kinds.load(ReplayDraw.class, "a ReplayDraw")
        .forEach(draw -> all.add(new WithoutSettings(draw)));
    return all;
  }

  private record WithoutSettings(ReplayDraw draw) implements DrawKind {

    @Override
    public String name() {
      return draw.name();
    }

    @Override
    public List<Key> keys() {
      return List.of();
    }

    @Override
    public ReplayDraw draw(Values values) {
      return draw;
    }
  }
}
