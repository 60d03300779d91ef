package io.engram.engine.cuda;

import io.engram.core.task.Episode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Episodes sorted by size. A slot is an episode's place in that order.
 *
 * @param shapes one for each group
 * @param slots [episodes] the slot of each
 * @param episodes [slots] the episode of each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Groups(List<GroupShape> shapes, int[] slots, int[] episodes) {

  private record Size(int support, int query) {}

  /**
   * Sorts.
   *
   * @param useQuery whether the sizes of query sets matter
   */
  static Groups of(List<Episode> all, boolean useQuery) {
    Map<Size, List<Integer>> bySize = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Episode episode = all.get(i);
      Size size = new Size(episode.support().size(), useQuery ? episode.query().size() : 0);
      bySize.computeIfAbsent(size, s -> new ArrayList<>()).add(i);
    }
    List<GroupShape> shapes = new ArrayList<>();
    int[] slots = new int[all.size()];
    int[] episodes = new int[all.size()];
    int slot = 0;
    for (Map.Entry<Size, List<Integer>> group : bySize.entrySet()) {
      Size size = group.getKey();
      shapes.add(new GroupShape(group.getValue().size(), size.support(), size.query()));
      for (int i : group.getValue()) {
        slots[i] = slot;
        episodes[slot++] = i;
      }
    }
    return new Groups(List.copyOf(shapes), slots, episodes);
  }
}
