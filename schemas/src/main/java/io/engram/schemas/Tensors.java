package io.engram.schemas;

import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Between Java arrays (flat, row-major) and the wire's {@link Tensor}. Reading never changes the tensor's buffer; every
 * array returned is fresh.
 */
public final class Tensors {

  private Tensors() {}

  /** Exactly the given numbers. */
  public static Tensor float32(float[] values, int... shape) {
    ByteBuffer data = allocate(ElementType.FLOAT32, values.length, shape);
    data.asFloatBuffer().put(values);
    return tensor(ElementType.FLOAT32, shape, data);
  }

  /**
   * A quarter of the bytes, for numbers in [0, 1]: the nearest multiple of 1/255.
   *
   * @throws IllegalArgumentException if a number is outside [0, 1]
   */
  public static Tensor uint8(float[] values, int... shape) {
    ByteBuffer data = allocate(ElementType.UINT8, values.length, shape);
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) {
        throw new IllegalArgumentException(
            "UINT8 holds numbers in [0, 1], found %s at index %d".formatted(values[i], i));
      }
      data.put(i, (byte) Math.round(values[i] * 255f));
    }
    return tensor(ElementType.UINT8, shape, data);
  }

  /** Bytes as they are, e.g. the grey levels of an image; read as v/255. */
  public static Tensor uint8(byte[] levels, int... shape) {
    ByteBuffer data = allocate(ElementType.UINT8, levels.length, shape);
    data.put(0, levels);
    return tensor(ElementType.UINT8, shape, data);
  }

  /** Half the bytes: the nearest binary16; beyond ±65504 it becomes infinite. */
  public static Tensor float16(float[] values, int... shape) {
    ByteBuffer data = allocate(ElementType.FLOAT16, values.length, shape);
    for (int i = 0; i < values.length; i++) {
      data.putShort(2 * i, Half.fromFloat(values[i]));
    }
    return tensor(ElementType.FLOAT16, shape, data);
  }

  /** Class indices. */
  public static Tensor int32(int[] values, int... shape) {
    ByteBuffer data = allocate(ElementType.INT32, values.length, shape);
    data.asIntBuffer().put(values);
    return tensor(ElementType.INT32, shape, data);
  }

  /**
   * The numbers of a FLOAT32, UINT8 or FLOAT16 tensor.
   *
   * @throws WireException if it holds INT32, or its bytes do not fit its shape
   */
  public static float[] floats(Tensor tensor) {
    float[] values = new float[require(tensor)];
    readFloats(tensor, values, 0);
    return values;
  }

  /**
   * Reads the numbers of a FLOAT32, UINT8 or FLOAT16 tensor into part of an array.
   *
   * @return how many there were
   * @throws WireException if it holds INT32, or its bytes do not fit its shape
   * @throws IndexOutOfBoundsException if they do not fit into the array
   */
  public static int floats(Tensor tensor, float[] into, int at) {
    int elements = require(tensor);
    if (at < 0 || elements > into.length - at) {
      throw new IndexOutOfBoundsException(
          "%d elements do not fit at %d of %d".formatted(elements, at, into.length));
    }
    readFloats(tensor, into, at);
    return elements;
  }

  /**
   * The numbers of an INT32 tensor.
   *
   * @throws WireException if it holds anything else, or its bytes do not fit its shape
   */
  public static int[] ints(Tensor tensor) {
    int[] values = new int[require(tensor)];
    if (tensor.getElementType() != ElementType.INT32) {
      throw new WireException(
          "found a tensor of %s, expected INT32".formatted(tensor.getElementType()));
    }
    littleEndian(tensor).asIntBuffer().get(values);
    return values;
  }

  /**
   * Number of elements.
   *
   * @throws WireException if the tensor's bytes do not fit its shape
   */
  public static int size(Tensor tensor) {
    return require(tensor);
  }

  /** The tensor's shape. */
  public static int[] shape(Tensor tensor) {
    return tensor.getShape().stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Number of elements of a shape: the product of its sizes; 1 for the empty shape.
   *
   * @return −1 if a size is negative or the product is beyond what an array can hold
   */
  public static int elements(List<Integer> shape) {
    long product = 1;
    for (int size : shape) {
      if (size < 0) {
        return -1;
      }
      product *= size;
      if (product > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return (int) product;
  }

  /** Bytes of one element. */
  public static int bytesPerElement(ElementType type) {
    return switch (type) {
      case FLOAT32, INT32 -> Float.BYTES;
      case FLOAT16 -> Short.BYTES;
      case UINT8 -> Byte.BYTES;
    };
  }

  /** What is wrong between shape, element type and bytes; empty if nothing is. */
  public static Optional<String> problem(Tensor tensor) {
    int elements = elements(tensor.getShape());
    if (elements < 0) {
      return Optional.of(
          "shape %s has a negative size or too many elements".formatted(tensor.getShape()));
    }
    long expected = (long) elements * bytesPerElement(tensor.getElementType());
    int found = tensor.getData().remaining();
    return found == expected
        ? Optional.empty()
        : Optional.of(
            "%d bytes found, shape %s of %s needs %d"
                .formatted(found, tensor.getShape(), tensor.getElementType(), expected));
  }

  /**
   * Index of the first NaN or infinity.
   *
   * @return −1 if all numbers are finite
   * @throws WireException if the tensor's bytes do not fit its shape
   */
  public static int firstNonFinite(Tensor tensor) {
    int elements = require(tensor);
    ByteBuffer data = littleEndian(tensor);
    int start = data.position();
    switch (tensor.getElementType()) {
      case FLOAT32 -> {
        for (int i = 0; i < elements; i++) {
          if ((data.getInt(start + 4 * i) & 0x7f800000) == 0x7f800000) {
            return i;
          }
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < elements; i++) {
          if ((data.getShort(start + 2 * i) & 0x7c00) == 0x7c00) {
            return i;
          }
        }
      }
      case UINT8, INT32 -> {}
    }
    return -1;
  }

  private static void readFloats(Tensor tensor, float[] into, int at) {
    ByteBuffer data = littleEndian(tensor);
    switch (tensor.getElementType()) {
      case FLOAT32 -> data.asFloatBuffer().get(into, at, data.remaining() / Float.BYTES);
      case UINT8 -> {
        for (int i = at; data.hasRemaining(); i++) {
          into[i] = (data.get() & 0xff) / 255f;
        }
      }
      case FLOAT16 -> {
        for (int i = at; data.hasRemaining(); i++) {
          into[i] = Half.toFloat(data.getShort());
        }
      }
      case INT32 ->
          throw new WireException("found a tensor of INT32, expected FLOAT32, UINT8 or FLOAT16");
    }
  }

  private static int require(Tensor tensor) {
    problem(tensor)
        .ifPresent(
            problem -> {
              throw new WireException("a tensor is inconsistent: " + problem);
            });
    return elements(tensor.getShape());
  }

  private static ByteBuffer littleEndian(Tensor tensor) {
    return tensor.getData().duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer allocate(ElementType type, int values, int[] shape) {
    int elements = elements(list(shape));
    if (elements != values) {
      throw new IllegalArgumentException(
          "%d values do not fill the shape %s".formatted(values, Arrays.toString(shape)));
    }
    return ByteBuffer.allocate(Math.multiplyExact(values, bytesPerElement(type)))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Tensor tensor(ElementType type, int[] shape, ByteBuffer data) {
    return new Tensor(type, list(shape), data);
  }

  private static List<Integer> list(int[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
