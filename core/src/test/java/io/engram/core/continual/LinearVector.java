package io.engram.core.continual;

import io.engram.core.compute.stream.StreamVector;
import java.util.Arrays;

/** The smallest vector there is, written to be read. */
@SuppressWarnings("ArrayRecordComponent") // a vector is its array
record LinearVector(float[] values) implements StreamVector {

  /** One element of the result, from this one and others. */
  private interface Verb {
    float of(int i);
  }

  private void set(Verb verb) {
    for (int i = 0; i < values.length; i++) {
      values[i] = verb.of(i);
    }
  }

  private static float[] of(StreamVector other) {
    return ((LinearVector) other).values;
  }

  @Override
  public StreamVector copy() {
    return new LinearVector(values.clone());
  }

  @Override
  public void set(StreamVector other) {
    set(i -> of(other)[i]);
  }

  @Override
  public void fill(float value) {
    Arrays.fill(values, value);
  }

  @Override
  public void scale(float factor) {
    set(i -> factor * values[i]);
  }

  @Override
  public void add(float factor, StreamVector other) {
    set(i -> values[i] + factor * of(other)[i]);
  }

  @Override
  public void addProduct(float factor, StreamVector a, StreamVector b) {
    set(i -> values[i] + factor * (of(a)[i] * of(b)[i]));
  }

  @Override
  public void average(StreamVector other, float rate) {
    set(i -> values[i] + rate * (of(other)[i] - values[i]));
  }

  @Override
  public void rectify(StreamVector other) {
    set(i -> Math.max(of(other)[i], 0f));
  }

  @Override
  public void keepWherePositive(StreamVector condition) {
    set(i -> of(condition)[i] > 0 ? values[i] : 0f);
  }

  @Override
  public void dampen(float numerator, float factor, StreamVector other) {
    set(i -> numerator / (1 + factor * of(other)[i]));
  }

  @Override
  public double norm() {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
