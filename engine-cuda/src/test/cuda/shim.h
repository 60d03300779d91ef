// A processor that plays a card: blocks run one after another, the threads of a block as fibres that take turns at barriers. Enough to run
// the kernels' own sources and find what is wrong in them; slow.
#pragma once

#include <cmath>
#include <cstring>
#include <algorithm>

#define __device__
#define __forceinline__ inline
#define __restrict__ __restrict
#define __shared__ static
#define __align__(n) __attribute__((aligned(n)))

struct Index3 {
  int x, y, z;
};

extern Index3 threadIdx, blockIdx, blockDim, gridDim;
extern float* dynamicShared;

// Lets the other threads of the block come to the same barrier.
void barrier();
#define __syncthreads() barrier()

// Runs a kernel's body for all threads of all blocks.
void runGrid(void (*body)(const void*), const void* parameters, int blocksX, int blocksY, int threads, int sharedBytes);

struct float4 {
  float x, y, z, w;
};
struct int4 {
  int x, y, z, w;
};

inline unsigned int bits(float x) {
  unsigned int b;
  memcpy(&b, &x, sizeof b);
  return b;
}
inline float fromBits(unsigned int b) {
  float x;
  memcpy(&x, &b, sizeof x);
  return x;
}

using std::isfinite;
using std::max;
using std::min;

#define PINNED(pointer)
#define KERNEL(name, threads, Parameters)                                                                \
  static void name##_body(const Parameters& p);                                                          \
  static void name##_any(const void* p) { name##_body(*static_cast<const Parameters*>(p)); }              \
  extern "C" void name(const void* p, int blocksX, int blocksY, int count, int sharedBytes) {             \
    runGrid(name##_any, p, blocksX, blocksY, count, sharedBytes);                                         \
  }                                                                                                       \
  static void name##_body(const Parameters& p)
#define ROOMY_KERNEL(name, threads, Parameters) KERNEL(name, threads, Parameters)
#define CROWDED_KERNEL(name, threads, blocks, Parameters) KERNEL(name, threads, Parameters)
#define DYNAMIC_SHARED(name) float* name = dynamicShared
