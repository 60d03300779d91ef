package io.engram.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class TensorsTest {

  @Property
  void float32ComesBackBitForBit(@ForAll float[] values) {
    Tensor tensor = Tensors.float32(values, values.length);
    assertThat(Tensors.floats(tensor)).containsExactly(values);
    assertThat(Tensors.floats(tensor)).as("reading again").containsExactly(values);
  }

  @Property
  void int32ComesBack(@ForAll int[] values) {
    assertThat(Tensors.ints(Tensors.int32(values, values.length))).containsExactly(values);
  }

  @Property
  void uint8IsWithinHalfALevel(@ForAll @FloatRange(min = 0, max = 1) float value) {
    float read = Tensors.floats(Tensors.uint8(new float[] {value}))[0];
    assertThat(Math.abs(read - value)).isLessThanOrEqualTo(0.5f / 255 + 1e-6f);
  }

  @Test
  void everyBinary16ComesBackBitForBit() {
    for (int bits = 0; bits < 65536; bits++) {
      float value = Half.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Half.fromFloat(value) & 0xffff).isEqualTo(bits);
      }
    }
    assertThat(Half.toFloat((short) 0x3c00)).isEqualTo(1f);
    assertThat(Half.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(Half.toFloat((short) 0x7bff)).isEqualTo(65504f);
    assertThat(Half.toFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(Half.toFloat(Half.fromFloat(Float.NaN))).isNaN();
  }

  @Property
  void binary16IsTheNearest(@ForAll @FloatRange(min = -70000, max = 70000) float value) {
    short half = Half.fromFloat(value);
    float read = Half.toFloat(half);
    if (Float.isInfinite(read)) {
      assertThat(Math.abs(value)).isGreaterThanOrEqualTo(65520f);
      return;
    }
    double error = Math.abs((double) read - value);
    for (int neighbour : new int[] {half - 1, half + 1}) {
      float other = Half.toFloat((short) neighbour);
      if (Float.isFinite(other)) {
        assertThat(error).isLessThanOrEqualTo(Math.abs((double) other - value));
      }
    }
  }

  @Test
  void bytesAreLittleEndianAndReadAsDocumented() {
    assertThat(Tensors.float32(new float[] {1f}, 1).getData().array())
        .containsExactly(0, 0, 0x80, 0x3f);
    assertThat(Tensors.floats(Tensors.uint8(new byte[] {0, -1}, 2))).containsExactly(0f, 1f);
    float[] into = new float[4];
    assertThat(Tensors.floats(Tensors.float16(new float[] {0.5f, -2f}, 2), into, 1)).isEqualTo(2);
    assertThat(into).containsExactly(0f, 0.5f, -2f, 0f);
  }

  @Test
  void shapeAndBytesMustAgree() {
    Tensor tensor = new Tensor(ElementType.FLOAT32, List.of(2, 3), ByteBuffer.allocate(20));
    assertThat(Tensors.problem(tensor))
        .contains("20 bytes found, shape [2, 3] of FLOAT32 needs 24");
    assertThatThrownBy(() -> Tensors.floats(tensor)).isInstanceOf(WireException.class);
    assertThat(
            Tensors.problem(
                new Tensor(ElementType.UINT8, List.of(1 << 20, 1 << 20), ByteBuffer.allocate(0))))
        .hasValueSatisfying(problem -> assertThat(problem).contains("too many elements"));
    assertThat(
            Tensors.problem(new Tensor(ElementType.UINT8, List.of(-1, -4), ByteBuffer.allocate(4))))
        .hasValueSatisfying(problem -> assertThat(problem).contains("negative"));
    assertThatThrownBy(() -> Tensors.float32(new float[3], 2, 2))
        .hasMessage("3 values do not fill the shape [2, 2]");
    assertThatThrownBy(() -> Tensors.floats(Tensors.int32(new int[] {1}, 1)))
        .hasMessageContaining("INT32");
    assertThatThrownBy(() -> Tensors.ints(Tensors.float32(new float[] {1}, 1)))
        .hasMessageContaining("expected INT32");
    assertThatThrownBy(() -> Tensors.uint8(new float[] {1.5f}, 1))
        .hasMessageContaining("found 1.5 at index 0");
  }

  @Test
  void theFirstNonFiniteNumberIsFound() {
    assertThat(Tensors.firstNonFinite(Tensors.float32(new float[] {1, Float.MAX_VALUE}, 2)))
        .isEqualTo(-1);
    assertThat(Tensors.firstNonFinite(Tensors.float32(new float[] {1, Float.NaN}, 2))).isEqualTo(1);
    assertThat(Tensors.firstNonFinite(Tensors.float16(new float[] {1e9f, 0}, 2))).isEqualTo(0);
  }
}
