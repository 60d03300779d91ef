package io.engram.experiments.lifelong.live;

import io.engram.core.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A few-shot task about one alphabet: so many of its characters, of each so many drawings to learn from and others to be asked about, all
 * by different people.
 *
 * @param ways characters
 * @param shots drawings of each to learn from
 * @param queries drawings of each to be asked about
 */
record FewShot(int ways, int shots, int queries) {

  /** Examples of a task. */
  int examples() {
    return ways * (shots + queries);
  }

  /** A drawing to show, and on which side. */
  record Shown(String character, int drawer, boolean support) {}

  /** Draws a task from drawers {@code first} … {@code first + drawers − 1}: the support set first, each side in random order. */
  List<Shown> draw(List<String> characters, int first, int drawers, RandomStream random) {
    int[] chosen = random.permutation(characters.size());
    int[][] order = new int[ways][];
    for (int way = 0; way < ways; way++) {
      order[way] = random.permutation(drawers);
    }
    List<Shown> task = new ArrayList<>(examples());
    for (int i : random.permutation(ways * shots)) {
      task.add(shown(characters.get(chosen[i % ways]), first + order[i % ways][i / ways], true));
    }
    for (int i : random.permutation(ways * queries)) {
      int drawer = first + order[i % ways][shots + i / ways];
      task.add(shown(characters.get(chosen[i % ways]), drawer, false));
    }
    return task;
  }

  private static Shown shown(String character, int drawer, boolean support) {
    return new Shown(character, drawer, support);
  }
}
