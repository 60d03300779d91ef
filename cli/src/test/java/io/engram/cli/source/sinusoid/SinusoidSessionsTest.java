package io.engram.cli.source.sinusoid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.SessionSource;
import io.engram.cli.source.SourceRecord;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SinusoidSessionsTest {

  private static final SinusoidSessions SESSIONS = new SinusoidSessions(10, 10, 2000, 7);

  @Test
  void everySessionIsOneWaveOfThePapersRanges() {
    for (long number = 0; number < 500; number++) {
      SinusoidSessions.Wave wave = SESSIONS.wave(number);
      assertThat(wave.amplitude()).isBetween(0.1, 5.0);
      assertThat(wave.phase()).isBetween(0.0, Math.PI);
      List<LabeledExample> examples = SESSIONS.examples(number);
      assertThat(examples).hasSize(20);
      assertThat(examples.subList(0, 10)).allMatch(it -> it.getPart() == Part.SUPPORT);
      assertThat(examples.subList(10, 20)).allMatch(it -> it.getPart() == Part.QUERY);
      for (LabeledExample example : examples) {
        double x = Tensors.floats(example.getFeatures())[0];
        assertThat(x).isBetween(-5.0, 5.0);
        assertThat((double) Tensors.floats((Tensor) example.getLabel())[0])
            .isCloseTo(wave.at(x), within(1e-5));
      }
    }
  }

  @Test
  void theDistributionDriftsAndComesBack() {
    double low = meanAmplitude(0, 200);
    double high = meanAmplitude(900, 1100);
    double back = meanAmplitude(1900, 2100);
    assertThat(high).isGreaterThan(low + 0.8);
    assertThat(back).isLessThan(high - 0.8);
    assertThat(new SinusoidSessions(10, 10, 0, 7).wave(3).amplitude()).isBetween(0.1, 5.0);
  }

  @Property(tries = 50)
  void aStreamTakenUpAnywhereGoesOnTheSame(
      @ForAll @IntRange(min = 1, max = 6) int interleave,
      @ForAll @IntRange(min = 1, max = 15) int tasks,
      @ForAll @IntRange(min = 0, max = 80) int from) {
    SessionSource source =
        new SessionSource(
            new SinusoidSessions(3, 2, 2000, 1), OptionalLong.of(tasks), interleave, 1);
    List<SourceRecord> whole = read(source, 0);
    assertThat(whole).hasSize(5 * tasks);
    assertThat(whole.stream().map(SourceRecord::index).toList())
        .isEqualTo(LongStream.range(0, whole.size()).boxed().toList());
    assertThat(whole.stream().map(it -> ((SourceRecord.Example) it).value().getId()))
        .doesNotHaveDuplicates();
    assertThat(read(source, from)).isEqualTo(whole.subList(Math.min(from, 5 * tasks), 5 * tasks));
  }

  @Test
  void sessionsAreInterleavedButEachKeepsItsOrder() {
    SessionSource source = new SessionSource(SESSIONS, OptionalLong.of(4), 4, 1);
    List<SourceRecord> records = read(source, 0);
    List<String> firstKeys =
        records.stream().limit(12).map(it -> ((SourceRecord.Example) it).key()).distinct().toList();
    assertThat(firstKeys).hasSizeGreaterThan(1);
    List<LabeledExample> wave2 =
        records.stream()
            .map(SourceRecord.Example.class::cast)
            .filter(it -> it.key().equals("wave-2"))
            .map(SourceRecord.Example::value)
            .toList();
    assertThat(wave2).isEqualTo(SESSIONS.examples(2));
  }

  private static double meanAmplitude(long from, long to) {
    return LongStream.range(from, to)
        .mapToDouble(number -> SESSIONS.wave(number).amplitude())
        .average()
        .orElseThrow();
  }

  private static List<SourceRecord> read(SessionSource source, long first) {
    List<SourceRecord> records = new ArrayList<>();
    try (Cursor cursor = source.open(first)) {
      for (SourceRecord it = cursor.next(); it != null; it = cursor.next()) {
        records.add(it);
      }
    }
    return records;
  }
}
