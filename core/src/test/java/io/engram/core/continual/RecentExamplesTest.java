package io.engram.core.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.stream.SparseInput;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecentExamplesTest {

  @Property
  void theLatestOfTheSessionAreKept(
      @ForAll @IntRange(min = 1, max = 9) int capacity,
      @ForAll List<@IntRange(max = 5) Integer> stream) {
    RecentExamples session = new RecentExamples(capacity);
    List<Integer> expected = new ArrayList<>();
    for (int label : stream) {
      if (label == 5) {
        session.forget();
        expected.clear();
      } else {
        session.offer(example(label));
        expected.add(label);
      }
      if (expected.size() > capacity) {
        expected.remove(0);
      }
      assertThat(labels(session)).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(session.isEmpty()).isEqualTo(expected.isEmpty());
    }
    RecentExamples again = new RecentExamples(capacity);
    again.restore(session.contents(), session.offered());
    assertThat(labels(again)).isEqualTo(labels(session));
  }

  @Test
  void placesNeverBecomeFewer() {
    RecentExamples session = new RecentExamples(4);
    session.offer(example(1));
    session.offer(example(2));
    session.forget();
    assertThat(session.contents()).hasSize(2);
    session.offer(example(3));
    assertThat(session.contents()).extracting(kept -> kept.example().label()).containsExactly(3, 2);
    assertThat(labels(session)).containsExactly(3);
  }

  @Test
  void moreThanFitsIsRefused() {
    RecentExamples large = new RecentExamples(2);
    large.offer(example(0));
    large.offer(example(1));
    assertThatThrownBy(() -> new RecentExamples(1).restore(large.contents(), large.offered()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 examples does not fit into 1 places");
    assertThatThrownBy(() -> new RecentExamples(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Integer> labels(RecentExamples session) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < session.size(); i++) {
      labels.add(session.get(i).label());
    }
    return labels;
  }

  private static StreamExample example(int label) {
    return new StreamExample(SparseInput.of(new float[] {1}), label);
  }
}
