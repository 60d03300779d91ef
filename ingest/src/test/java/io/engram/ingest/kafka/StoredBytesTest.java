package io.engram.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.ingest.domain.BufferedExample;
import io.engram.ingest.domain.KeyHistory;
import io.engram.ingest.domain.OpenTask;
import io.engram.ingest.domain.RecordHeader;
import io.engram.ingest.domain.TaskSignature;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class StoredBytesTest {

  @Property
  void examplesComeBackWithTheirHeaders(
      @ForAll byte[] value, @ForAll byte[] header, @ForAll long offset, @ForAll long timestamp) {
    List<RecordHeader> headers =
        List.of(new RecordHeader("trace", header), new RecordHeader("empty", null));
    BufferedExample read =
        StoredBytes.readExample(
            StoredBytes.write(new BufferedExample(value, headers, offset, timestamp)));
    assertThat(read.value()).isEqualTo(value);
    assertThat(read.headers()).usingRecursiveComparison().isEqualTo(headers);
    assertThat(read.offset()).isEqualTo(offset);
    assertThat(read.timestamp()).isEqualTo(timestamp);
  }

  @Property
  void statesComeBack(
      @ForAll String taskId, @ForAll List<Integer> shape, @ForAll int number, @ForAll long time) {
    for (String id : Arrays.asList(taskId.replaceAll("\\p{Cs}", "?"), null)) {
      OpenTask open =
          new OpenTask(id, new TaskSignature(shape, number), number, time, time + 1, time + 2);
      assertThat(StoredBytes.readOpenTask(StoredBytes.write(open))).isEqualTo(open);
      KeyHistory history = new KeyHistory(time, id, number, time + 1);
      assertThat(StoredBytes.readHistory(StoredBytes.write(history))).isEqualTo(history);
    }
  }

  @Property
  void theExamplesOfAKeyStandInARowInTheirOrder(
      @ForAll @StringLength(max = 4) String one,
      @ForAll @StringLength(max = 4) String other,
      @ForAll @IntRange(max = 100_000) int first,
      @ForAll @IntRange(max = 100_000) int second) {
    byte[] a = StoredBytes.bufferKey(one, first);
    byte[] b = StoredBytes.bufferKey(one, second);
    assertThat(Integer.signum(Arrays.compareUnsigned(a, b)))
        .isEqualTo(Integer.signum(Integer.compare(first, second)));
    if (!Arrays.equals(
        one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        other.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
      byte[] stranger = StoredBytes.bufferKey(other, second);
      byte[] from = StoredBytes.bufferKey(one, 0);
      byte[] to = StoredBytes.bufferKey(one, Integer.MAX_VALUE);
      assertThat(
              Arrays.compareUnsigned(stranger, from) < 0
                  || Arrays.compareUnsigned(stranger, to) > 0)
          .isTrue();
    }
  }

  @Test
  void theLayoutIsFixed() {
    OpenTask open = new OpenTask("t", new TaskSignature(List.of(2), 1), 3, 4, 5, 6);
    assertThat(HexFormat.of().formatHex(StoredBytes.write(open)))
        .isEqualTo(
            "01"
                + "00000001"
                + "74"
                + "00000001"
                + "00000002"
                + "00000001"
                + "00000003"
                + "0000000000000004"
                + "0000000000000005"
                + "0000000000000006");
    BufferedExample example =
        new BufferedExample(
            new byte[] {9, 8},
            List.of(new RecordHeader("h", new byte[] {7}), new RecordHeader("n", null)),
            3,
            4);
    assertThat(HexFormat.of().formatHex(StoredBytes.write(example)))
        .isEqualTo(
            "01"
                + "0000000000000003"
                + "0000000000000004"
                + "00000002"
                + "000168"
                + "00000001"
                + "07"
                + "00016e"
                + "ffffffff"
                + "0908");
    byte[] newer = StoredBytes.write(open);
    newer[0] = 2;
    assertThatThrownBy(() -> StoredBytes.readOpenTask(newer))
        .hasMessageContaining("holds format 2, this program reads 1");
  }
}
