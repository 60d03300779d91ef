package io.engram.ingest.kafka.forget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Where records stand afterwards is how many stay before them. */
class OffsetMapTest {

  @Property(tries = 200)
  void aPlaceIsTheNumberOfRecordsThatStayBeforeIt(
      @ForAll @Size(max = 30) Set<@IntRange(max = 40) Integer> kept,
      @ForAll @IntRange(max = 45) int at) {
    OffsetMap map = new OffsetMap();
    new TreeSet<>(kept).forEach(offset -> map.kept(1, offset));

    assertThat(map.of(1, at)).isEqualTo(kept.stream().filter(offset -> offset < at).count());
    assertThat(map.of(0, at)).as("a partition of which nothing stays").isZero();
  }
}
