package io.engram.engine.reference;

import java.util.Arrays;

/** Reverse-mode differentiation of scalars in double precision. A variable is its index on the tape. */
final class Tape {

  private double[] value = new double[1024];
  private int[] left = new int[1024];
  private int[] right = new int[1024];
  private double[] byLeft = new double[1024];
  private double[] byRight = new double[1024];
  private int size;

  int variable(double x) {
    return push(x, 0, 0, 0, 0);
  }

  double value(int x) {
    return value[x];
  }

  int add(int x, int y) {
    return push(value[x] + value[y], x, 1, y, 1);
  }

  int subtract(int x, int y) {
    return push(value[x] - value[y], x, 1, y, -1);
  }

  int multiply(int x, int y) {
    return push(value[x] * value[y], x, value[y], y, value[x]);
  }

  int scale(int x, double factor) {
    return push(value[x] * factor, x, factor, 0, 0);
  }

  /** f(x) with f′(x) = {@code slope}. */
  int map(int x, double result, double slope) {
    return push(result, x, slope, 0, 0);
  }

  int sum(int[] xs) {
    int sum = xs[0];
    for (int i = 1; i < xs.length; i++) {
      sum = add(sum, xs[i]);
    }
    return sum;
  }

  int mean(int[] xs) {
    return scale(sum(xs), 1.0 / xs.length);
  }

  /** ∂y/∂x for variables 0 … count−1. */
  double[] gradient(int y, int count) {
    double[] adjoint = new double[size];
    adjoint[y] = 1;
    for (int i = y; i >= count; i--) {
      adjoint[left[i]] += adjoint[i] * byLeft[i];
      adjoint[right[i]] += adjoint[i] * byRight[i];
    }
    return Arrays.copyOf(adjoint, count);
  }

  private int push(double x, int l, double dl, int r, double dr) {
    if (size == value.length) {
      value = Arrays.copyOf(value, 2 * size);
      left = Arrays.copyOf(left, 2 * size);
      right = Arrays.copyOf(right, 2 * size);
      byLeft = Arrays.copyOf(byLeft, 2 * size);
      byRight = Arrays.copyOf(byRight, 2 * size);
    }
    value[size] = x;
    left[size] = l;
    right[size] = r;
    byLeft[size] = dl;
    byRight[size] = dr;
    return size++;
  }
}
