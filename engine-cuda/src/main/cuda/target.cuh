// What a kernel needs of the machine that it is compiled for: a card, or under ENGRAM_SHIM a processor that plays one.
#pragma once

#ifdef ENGRAM_SHIM
#include "shim.h"
#else
// Keeps a pointer as it is in two registers: the compiler would rather work it out again for every access.
#define PINNED(pointer) asm("" : "+l"(pointer))
#define KERNEL(name, threads, Parameters) \
  extern "C" __global__ void __launch_bounds__(threads) name(const __grid_constant__ Parameters p)
// The same without the compiler's thrift: to make room for more blocks it would rather put registers aside. sm_90 needs no telling.
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ != 900
#define ROOMY_KERNEL(name, threads, Parameters) CROWDED_KERNEL(name, threads, 1, Parameters)
#else
#define ROOMY_KERNEL(name, threads, Parameters) KERNEL(name, threads, Parameters)
#endif
// The same where that many blocks are to fit on a multiprocessor at once.
#define CROWDED_KERNEL(name, threads, blocks, Parameters) \
  extern "C" __global__ void __launch_bounds__(threads, blocks) name(const __grid_constant__ Parameters p)
#define DYNAMIC_SHARED(name) extern __shared__ __align__(16) float name[]
static __device__ __forceinline__ unsigned int bits(float x) { return __float_as_uint(x); }
static __device__ __forceinline__ float fromBits(unsigned int x) { return __uint_as_float(x); }
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

// Sums a number over the block, in the same order whatever the card; every thread gets the sum. In two rounds, since barriers cost more than
// additions.
template <int THREADS>
static __device__ float blockSum(float x) {
  constexpr int GROUPS = THREADS >= 256 ? 16 : 8;
  constexpr int EACH = THREADS / GROUPS;
  // One element to spare after each group, so that its readers do not meet in one bank.
  __shared__ float all[GROUPS * (EACH + 1)];
  __shared__ float sums[GROUPS];
  __syncthreads();
  all[threadIdx.x / EACH * (EACH + 1) + threadIdx.x % EACH] = x;
  __syncthreads();
  if (threadIdx.x < GROUPS) {
    float sum = 0.f;
#pragma unroll
    for (int i = 0; i < EACH; i++) sum += all[threadIdx.x * (EACH + 1) + i];
    sums[threadIdx.x] = sum;
  }
  __syncthreads();
  float sum = 0.f;
#pragma unroll
  for (int i = 0; i < GROUPS; i++) sum += sums[i];
  return sum;
}
