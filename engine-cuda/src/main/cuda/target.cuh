// What a kernel needs of the machine that it is compiled for: a card, or under ENGRAM_SHIM a processor that plays one.
#pragma once

#ifdef ENGRAM_SHIM
#include "shim.h"
#else
#define KERNEL(name, threads, Parameters) \
  extern "C" __global__ void __launch_bounds__(threads) name(const __grid_constant__ Parameters p)
#define DYNAMIC_SHARED(name) extern __shared__ __align__(16) float name[]
#endif

// One set of activations for every task: element j of example e of task t lies at data[t*task + e*example + element[j]].
struct Value {
  float* data;
  long long task;
  const int* element;
  int example;
  int unused;
};

static __device__ __forceinline__ float* at(const Value& v, int task, int example) {
  return v.data + task * v.task + (long long)example * v.example;
}

// One vector of floats for every task; a stride of 0 is one vector for all.
struct Rows {
  float* data;
  long long task;
};

static __device__ __forceinline__ float* at(const Rows& v, int task) { return v.data + task * v.task; }

// Sums a number over the block, in the same order whatever the card; every thread gets the sum. Threads are a power of two.
template <int THREADS>
static __device__ float blockSum(float x) {
  __shared__ float partial[THREADS];
  __syncthreads();
  partial[threadIdx.x] = x;
  __syncthreads();
  for (int half = THREADS / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) partial[threadIdx.x] += partial[threadIdx.x + half];
    __syncthreads();
  }
  return partial[0];
}
