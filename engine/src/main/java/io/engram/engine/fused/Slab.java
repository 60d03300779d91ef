package io.engram.engine.fused;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * A buffer of floats with two sides: a heap array, where HotSpot vectorises element-wise loops, and native memory, where BLAS
 * works. Each side is brought up to date by one bulk copy only when it is asked for and the other side is newer. Grows when
 * a larger size is written, never shrinks, so the steady state allocates nothing.
 */
final class Slab implements AutoCloseable {

  /** One cache line; AVX-512 loads never straddle two. */
  private static final int ALIGNMENT_BYTES = 64;

  private float[] heap = new float[0];
  private @Nullable NativeSide nativeSide;
  private int size;
  private boolean heapCurrent;
  private boolean nativeCurrent;
  private long version;

  /** Changes whenever the content may have changed. */
  long version() {
    return version;
  }

  /** Number of floats last written. */
  int size() {
    return size;
  }

  /** What both sides take. */
  long bytes() {
    long nativeFloats = nativeSide == null ? 0 : nativeSide.view.capacity();
    return Float.BYTES * (heap.length + nativeFloats);
  }

  /** The heap side, up to date; for reading only. The array may be longer than {@link #size()}. */
  float[] readHeap() {
    if (!heapCurrent) {
      nativeSide(size).view.get(0, growHeap(), 0, size);
      heapCurrent = true;
    }
    return heap;
  }

  /** The heap side, up to date, to be changed in part. */
  float[] updateHeap() {
    float[] current = readHeap();
    nativeCurrent = false;
    version++;
    return current;
  }

  /** The heap side, to be overwritten with {@code newSize} floats; its old content is undefined. */
  float[] writeHeap(int newSize) {
    size = newSize;
    heapCurrent = true;
    nativeCurrent = false;
    version++;
    return growHeap();
  }

  /** The native side, up to date; for reading only. */
  FloatPointer readNative() {
    NativeSide side = nativeSide(size);
    if (!nativeCurrent) {
      side.view.put(0, heap, 0, size);
      nativeCurrent = true;
    }
    return side.pointer;
  }

  /** Like {@link #readNative}, for bulk copies into heap arrays. */
  FloatBuffer readNativeView() {
    readNative();
    return nativeSide(size).view;
  }

  /** The native side, up to date, to be changed in part. */
  FloatPointer updateNative() {
    FloatPointer current = readNative();
    heapCurrent = false;
    version++;
    return current;
  }

  /** The native side, to be overwritten with {@code newSize} floats; its old content is undefined. */
  FloatPointer writeNative(int newSize) {
    return overwriteNative(newSize).pointer;
  }

  /** Like {@link #writeNative}, for bulk copies from heap arrays. */
  FloatBuffer writeNativeView(int newSize) {
    return overwriteNative(newSize).view;
  }

  /** Overwrites the native side with a piece of a heap array. */
  void loadNative(float[] source, int offset, int length) {
    writeNativeView(length).put(0, source, offset, length);
  }

  /** Overwrites the heap side with a piece of a heap array. */
  void loadHeap(float[] source, int offset, int length) {
    System.arraycopy(source, offset, writeHeap(length), 0, length);
  }

  /** Becomes a copy of {@code other}, on the side where that is current. */
  void copyFrom(Slab other) {
    if (other.nativeCurrent) {
      int length = other.size;
      writeNativeView(length).put(0, other.nativeSide(length).view, 0, length);
    } else {
      loadHeap(other.heap, 0, other.size);
    }
  }

  /** Copies the content out, from whichever side is current. */
  void store(float[] target, int offset) {
    if (heapCurrent) {
      System.arraycopy(heap, 0, target, offset, size);
    } else {
      nativeSide(size).view.get(0, target, offset, size);
    }
  }

  @Override
  public void close() {
    if (nativeSide != null) {
      nativeSide.pointer.close();
      nativeSide = null;
    }
    nativeCurrent = false;
  }

  private NativeSide overwriteNative(int newSize) {
    size = newSize;
    nativeCurrent = true;
    heapCurrent = false;
    version++;
    return nativeSide(newSize);
  }

  private float[] growHeap() {
    if (heap.length < size) {
      heap = new float[size];
    }
    return heap;
  }

  private NativeSide nativeSide(int needed) {
    NativeSide side = nativeSide;
    if (side == null || side.view.capacity() < needed) {
      if (side != null) {
        side.pointer.close();
      }
      side = NativeSide.allocate(needed);
      nativeSide = side;
    }
    return side;
  }

  private record NativeSide(FloatPointer pointer, FloatBuffer view) {

    static NativeSide allocate(int capacity) {
      int padding = ALIGNMENT_BYTES / Float.BYTES;
      FloatPointer pointer = new FloatPointer((long) capacity + padding);
      long beyond = pointer.address() % ALIGNMENT_BYTES;
      pointer.position(beyond == 0 ? 0 : (ALIGNMENT_BYTES - beyond) / Float.BYTES);
      return new NativeSide(pointer, pointer.asBuffer());
    }
  }
}
