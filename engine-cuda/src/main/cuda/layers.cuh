// Layers that are not products. Blocks of 256 threads.
#pragma once

#include "target.cuh"

// Brings examples as they were sent, rows of `features` floats, into the first layer's place.
struct Load {
  const float* raw;
  long long rawTask;
  const int* rows;  // which examples, or null for all in order
  long long rowsTask;
  Value to;
  int examples;
  int features;
};

KERNEL(load, 256, Load) {
  int task = blockIdx.y;
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.examples * p.features) return;
  int e = i / p.features;
  int j = i % p.features;
  int row = p.rows ? p.rows[task * p.rowsTask + e] : e;
  at(p.to, task, e)[p.to.element[j]] = p.raw[task * p.rawTask + (long long)row * p.features + j];
}

// ∂b: the sum of the errors of each output over examples and pixels. One block for each task and channel.
struct BiasGradient {
  Value error;
  Rows to;
  int channels;
  int pixels;
  int examples;
  int keep;
  float scale;
};

KERNEL(bias_gradient, 256, BiasGradient) {
  int task = blockIdx.x / p.channels;
  int c = blockIdx.x % p.channels;
  float sum = 0.f;
  for (int i = threadIdx.x; i < p.examples * p.pixels; i += 256) {
    sum += at(p.error, task, i / p.pixels)[p.error.element[c * p.pixels + i % p.pixels]];
  }
  sum = blockSum<256>(sum);
  if (threadIdx.x == 0) {
    float* to = at(p.to, task) + c;
    *to = (p.keep ? *to : 0.f) + p.scale * sum;
  }
}

// Element-wise functions. kind 0: rectifier with a slope below zero, 1: tanh. f′ is told from y = f(x).
struct Activation {
  Value x;
  Value y;
  int kind;
  float slope;
  int examples;
  int features;
};

static __device__ __forceinline__ float activate(int kind, float slope, float x) {
  return kind == 1 ? tanhf(x) : x > 0.f ? x : slope * x;
}

static __device__ __forceinline__ float derivative(int kind, float slope, float y) {
  return kind == 1 ? 1.f - y * y : y > 0.f ? 1.f : slope;
}

KERNEL(activation_forward, 256, Activation) {
  int task = blockIdx.y;
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.examples * p.features) return;
  int e = i / p.features;
  int j = i % p.features;
  at(p.y, task, e)[p.y.element[j]] = activate(p.kind, p.slope, at(p.x, task, e)[p.x.element[j]]);
}

// to = f′·from, and for the tangent of the backward pass minus 2·y·ty·gy where f is tanh.
struct ActivationProduct {
  Value y;
  Value from;
  Value to;
  Value ty;  // data null unless the second term is wanted
  Value gy;
  int kind;
  float slope;
  int examples;
  int features;
};

KERNEL(activation_product, 256, ActivationProduct) {
  int task = blockIdx.y;
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.examples * p.features) return;
  int e = i / p.features;
  int j = i % p.features;
  float y = at(p.y, task, e)[p.y.element[j]];
  float found = derivative(p.kind, p.slope, y) * at(p.from, task, e)[p.from.element[j]];
  if (p.ty.data) {
    found -= 2.f * y * at(p.ty, task, e)[p.ty.element[j]] * at(p.gy, task, e)[p.gy.element[j]];
  }
  at(p.to, task, e)[p.to.element[j]] = found;
}

// Windows over images. Maxima remember which element they are, as its index among the elements of x.
struct Pooling {
  Value x;
  Value y;
  int* which;  // [tasks, examples, elements of y]; null for averages
  int channels, high, wide, outHigh, outWide, kernel, stride;
  int examples;
};

KERNEL(pooling_forward, 256, Pooling) {
  int task = blockIdx.y;
  int outputs = p.channels * p.outHigh * p.outWide;
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.examples * outputs) return;
  int e = i / outputs;
  int j = i % outputs;
  int c = j / (p.outHigh * p.outWide);
  int first = (c * p.high + j / p.outWide % p.outHigh * p.stride) * p.wide + j % p.outWide * p.stride;
  const float* x = at(p.x, task, e);
  int best = first;
  float largest = x[p.x.element[first]];
  float sum = 0.f;
  for (int dy = 0; dy < p.kernel; dy++) {
    for (int dx = 0; dx < p.kernel; dx++) {
      int candidate = first + dy * p.wide + dx;
      float v = x[p.x.element[candidate]];
      sum += v;
      // What is not a number spreads, as it does through an average.
      if (v > largest || v != v) {
        largest = v;
        best = candidate;
      }
    }
  }
  if (p.which) p.which[((long long)task * p.examples + e) * outputs + j] = best;
  at(p.y, task, e)[p.y.element[j]] = p.which ? largest : sum / (p.kernel * p.kernel);
}

// y takes the elements of x that were the maxima of another x.
KERNEL(pooling_same, 256, Pooling) {
  int task = blockIdx.y;
  int outputs = p.channels * p.outHigh * p.outWide;
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.examples * outputs) return;
  int e = i / outputs;
  int j = i % outputs;
  int from = p.which[((long long)task * p.examples + e) * outputs + j];
  at(p.y, task, e)[p.y.element[j]] = at(p.x, task, e)[p.x.element[from]];
}

// Here x and y are the errors before and behind the windows.
KERNEL(pooling_backward, 256, Pooling) {
  int task = blockIdx.y;
  int inputs = p.channels * p.high * p.wide;
  int outputs = p.channels * p.outHigh * p.outWide;
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.examples * inputs) return;
  int e = i / inputs;
  int j = i % inputs;
  int c = j / (p.high * p.wide);
  int row = j / p.wide % p.high;
  int column = j % p.wide;
  int top = row < p.kernel ? 0 : (row - p.kernel) / p.stride + 1;
  int left = column < p.kernel ? 0 : (column - p.kernel) / p.stride + 1;
  const float* y = at(p.y, task, e);
  const int* which = p.which ? p.which + ((long long)task * p.examples + e) * outputs : nullptr;
  float sum = 0.f;
  for (int oy = top; oy < p.outHigh && oy * p.stride <= row; oy++) {
    for (int ox = left; ox < p.outWide && ox * p.stride <= column; ox++) {
      int o = (c * p.outHigh + oy) * p.outWide + ox;
      if (!which || which[o] == j) sum += y[p.y.element[o]];
    }
  }
  at(p.x, task, e)[p.x.element[j]] = which ? sum : sum / (p.kernel * p.kernel);
}

// The other way: values as rows of `features` floats.
struct Store {
  Value from;
  float* raw;
  long long rawTask;
  int examples;
  int features;
};

KERNEL(store, 256, Store) {
  int task = blockIdx.y;
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.examples * p.features) return;
  p.raw[task * p.rawTask + i] = at(p.from, task, i / p.features)[p.from.element[i % p.features]];
}
