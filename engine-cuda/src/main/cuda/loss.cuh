// Heads: mean loss of each task's examples, errors at the outputs, and the errors' tangents. One block of 128 threads for each task.
#pragma once

#include "target.cuh"

struct Loss {
  Value z;   // outputs
  Value gz;  // errors, or in loss_tangent their tangents
  Value tz;  // tangents of the outputs
  const int* classes;  // [tasks, rows], null for values
  long long classesTask;
  const int* ways;  // [tasks] how many outputs take part
  const float* values;  // [tasks, rows, width]
  long long valuesTask;
  const int* rows;  // which of the rows are the examples, or null for all in order
  long long rowsTask;
  float* loss;  // [tasks]
  int examples;
  int width;
};

static __device__ __forceinline__ int rowOf(const Loss& p, int task, int example) {
  return p.rows ? p.rows[task * p.rowsTask + example] : example;
}

// The largest logit and the sum of exp(z − largest).
static __device__ __forceinline__ void softmax(const Value& v, const float* z, int ways, float& largest, float& sum) {
  largest = z[v.element[0]];
  for (int i = 1; i < ways; i++) largest = fmaxf(largest, z[v.element[i]]);
  sum = 0.f;
  for (int i = 0; i < ways; i++) sum += expf(z[v.element[i]] - largest);
}

ROOMY_KERNEL(loss_softmax, 128, Loss) {
  int task = blockIdx.x;
  int ways = p.ways[task];
  float total = 0.f;
  for (int e = threadIdx.x; e < p.examples; e += 128) {
    const float* z = at(p.z, task, e);
    float* gz = at(p.gz, task, e);
    int target = p.classes[task * p.classesTask + rowOf(p, task, e)];
    float largest, sum;
    softmax(p.z, z, ways, largest, sum);
    for (int i = 0; i < p.width; i++) {
      float share = i < ways ? expf(z[p.z.element[i]] - largest) / sum - (i == target ? 1.f : 0.f) : 0.f;
      gz[p.gz.element[i]] = share / p.examples;
    }
    total += logf(sum) + largest - z[p.z.element[target]];
  }
  total = blockSum<128>(total);
  if (threadIdx.x == 0) p.loss[task] = total / p.examples;
}

// Of p = softmax(z): tp = p∘(tz − ⟨p, tz⟩).
KERNEL(loss_softmax_tangent, 128, Loss) {
  int task = blockIdx.x;
  int ways = p.ways[task];
  for (int e = threadIdx.x; e < p.examples; e += 128) {
    const float* z = at(p.z, task, e);
    const float* tz = at(p.tz, task, e);
    float* tgz = at(p.gz, task, e);
    float largest, sum;
    softmax(p.z, z, ways, largest, sum);
    float mean = 0.f;
    for (int i = 0; i < ways; i++) mean += expf(z[p.z.element[i]] - largest) / sum * tz[p.tz.element[i]];
    for (int i = 0; i < p.width; i++) {
      float share = i < ways ? expf(z[p.z.element[i]] - largest) / sum * (tz[p.tz.element[i]] - mean) : 0.f;
      tgz[p.gz.element[i]] = share / p.examples;
    }
  }
}

ROOMY_KERNEL(loss_squared, 128, Loss) {
  int task = blockIdx.x;
  float total = 0.f;
  float share = 1.f / ((float)p.examples * p.width);
  for (int i = threadIdx.x; i < p.examples * p.width; i += 128) {
    int e = i / p.width;
    int j = i % p.width;
    float target = p.values[task * p.valuesTask + (long long)rowOf(p, task, e) * p.width + j];
    float error = at(p.z, task, e)[p.z.element[j]] - target;
    at(p.gz, task, e)[p.gz.element[j]] = 2.f * share * error;
    total += error * error;
  }
  total = blockSum<128>(total);
  if (threadIdx.x == 0) p.loss[task] = total * share;
}

KERNEL(loss_squared_tangent, 128, Loss) {
  int task = blockIdx.x;
  float share = 1.f / ((float)p.examples * p.width);
  for (int i = threadIdx.x; i < p.examples * p.width; i += 128) {
    int e = i / p.width;
    int j = i % p.width;
    at(p.gz, task, e)[p.gz.element[j]] = 2.f * share * at(p.tz, task, e)[p.tz.element[j]];
  }
}
