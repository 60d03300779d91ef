// Every product of a network, for all tasks at once: C = keep·C + scale·A·B + bias, with the elements of each matrix found through tables
// of offsets. Dense layers and convolutions, forwards, backwards and along a tangent, differ in their tables alone: a convolution gathers
// its patches as it goes and never stores them.
#pragma once

#include "target.cuh"

// One factor: element (row, k) of task t lies at base[t*task + row[row] + step[t*stepTask + k]].
struct Factor {
  const float* base;
  long long task;
  const int* row;
  const int* step;
  long long stepTask;
};

struct Product {
  Factor a;  // [rows, depth]
  Factor b;  // [columns, depth]
  float* c;  // element (i, j) of task t lies at c[t*cTask + cRow[i] + cColumn[j]]
  long long cTask;
  const int* cRow;
  const int* cColumn;
  const float* bias;  // [rows], or null
  long long biasTask;
  int rows;
  int columns;
  int depth;
  int tilesAcross;  // tiles beside each other
  int tiles;        // tiles of one task; blocks are numbered task by task, so that those of one task meet in the cache
  int keep;         // 1: add to what stands in C
  float scale;
};

// Brings a [SIDE, DEPTH] piece of a factor into shared memory as [DEPTH][SIDE + 4], by way of registers, so that the next piece is on its
// way while this one is multiplied. ALONG: the factor's elements are beside each other along k, so threads next to each other take
// different k; otherwise different rows.
template <int SIDE, int DEPTH, int THREADS, bool ALONG>
struct Fetch {
  static constexpr int COUNT = SIDE * DEPTH / THREADS;
  static constexpr int STRIDE = SIDE + 4;
  const float* base;
  const int* step;
  int depth;
  int offset[ALONG ? COUNT : 1];
  float value[COUNT];

  __device__ __forceinline__ void start(const Factor& f, int task, int first, int limit, int depth_) {
    base = f.base + task * f.task;
    step = f.step + task * f.stepTask;
    depth = depth_;
    if (ALONG) {
#pragma unroll
      for (int i = 0; i < COUNT; i++) {
        int row = first + threadIdx.x / DEPTH + i * (THREADS / DEPTH);
        offset[ALONG ? i : 0] = row < limit ? f.row[row] : -1;
      }
    } else {
      int row = first + threadIdx.x % SIDE;
      offset[0] = row < limit ? f.row[row] : -1;
    }
  }

  __device__ __forceinline__ void fetch(int from) {
    if (ALONG) {
      int k = from + threadIdx.x % DEPTH;
      bool inside = k < depth;
      int s = inside ? step[k] : 0;
#pragma unroll
      for (int i = 0; i < COUNT; i++) {
        int o = offset[ALONG ? i : 0];
        value[i] = inside && o >= 0 ? base[o + s] : 0.f;
      }
    } else {
#pragma unroll
      for (int i = 0; i < COUNT; i++) {
        int k = from + threadIdx.x / SIDE + i * (THREADS / SIDE);
        value[i] = k < depth && offset[0] >= 0 ? base[offset[0] + step[k]] : 0.f;
      }
    }
  }

  __device__ __forceinline__ void store(float* tile) const {
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
      int k = ALONG ? threadIdx.x % DEPTH : threadIdx.x / SIDE + i * (THREADS / SIDE);
      int row = ALONG ? threadIdx.x / DEPTH + i * (THREADS / DEPTH) : threadIdx.x % SIDE;
      tile[k * STRIDE + row] = value[i];
    }
  }
};

// Four numbers out of shared memory in one go.
static __device__ __forceinline__ void four(const float* from, float* to) {
  float4 v = *reinterpret_cast<const float4*>(from);
  to[0] = v.x;
  to[1] = v.y;
  to[2] = v.z;
  to[3] = v.w;
}

// A tile of HIGH × WIDE for each block, TALL × BROAD of it for each thread, in strips of four.
template <int HIGH, int WIDE, int DEPTH, int TALL, int BROAD, bool A_ALONG, bool B_ALONG>
static __device__ __forceinline__ void product(const Product& p) {
  constexpr int ACROSS = WIDE / BROAD;
  constexpr int THREADS = HIGH / TALL * ACROSS;
  constexpr int A_STRIDE = HIGH + 4;
  constexpr int B_STRIDE = WIDE + 4;
  __shared__ __align__(16) float as[2][DEPTH * A_STRIDE];
  __shared__ __align__(16) float bs[2][DEPTH * B_STRIDE];
  int task = blockIdx.x / p.tiles;
  int tile = blockIdx.x % p.tiles;
  int top = tile / p.tilesAcross * HIGH;
  int left = tile % p.tilesAcross * WIDE;
  int x = threadIdx.x % ACROSS;
  int y = threadIdx.x / ACROSS;

  Fetch<HIGH, DEPTH, THREADS, A_ALONG> a;
  Fetch<WIDE, DEPTH, THREADS, B_ALONG> b;
  a.start(p.a, task, top, p.rows, p.depth);
  b.start(p.b, task, left, p.columns, p.depth);
  float sum[TALL][BROAD];
#pragma unroll
  for (int i = 0; i < TALL; i++)
#pragma unroll
    for (int j = 0; j < BROAD; j++) sum[i][j] = 0.f;

  a.fetch(0);
  b.fetch(0);
  int now = 0;
  for (int k = 0; k < p.depth; k += DEPTH) {
    a.store(as[now]);
    b.store(bs[now]);
    __syncthreads();
    if (k + DEPTH < p.depth) {
      a.fetch(k + DEPTH);
      b.fetch(k + DEPTH);
    }
#pragma unroll
    for (int d = 0; d < DEPTH; d++) {
      float u[TALL];
      float v[BROAD];
#pragma unroll
      for (int s = 0; s < TALL / 4; s++) four(&as[now][d * A_STRIDE + s * (HIGH * 4 / TALL) + y * 4], u + 4 * s);
#pragma unroll
      for (int s = 0; s < BROAD / 4; s++) four(&bs[now][d * B_STRIDE + s * (WIDE * 4 / BROAD) + x * 4], v + 4 * s);
#pragma unroll
      for (int i = 0; i < TALL; i++)
#pragma unroll
        for (int j = 0; j < BROAD; j++) sum[i][j] = fmaf(u[i], v[j], sum[i][j]);
    }
    now ^= 1;  // Two tiles take turns: whoever is still multiplying reads the other one.
  }

  float* c = p.c + task * p.cTask;
#pragma unroll
  for (int i = 0; i < TALL; i++) {
    int row = top + i / 4 * (HIGH * 4 / TALL) + y * 4 + i % 4;
    if (row >= p.rows) continue;
    float bias = p.bias ? p.bias[task * p.biasTask + row] : 0.f;
    float* line = c + p.cRow[row];
#pragma unroll
    for (int j = 0; j < BROAD; j++) {
      int column = left + j / 4 * (WIDE * 4 / BROAD) + x * 4 + j % 4;
      if (column >= p.columns) continue;
      float* to = line + p.cColumn[column];
      float found = p.scale * sum[i][j] + bias;
      *to = p.keep ? *to + found : found;
    }
  }
}

#define PRODUCTS(name, threads, high, wide, tall, broad)                                                  \
  KERNEL(name##_rr, threads, Product) { product<high, wide, 16, tall, broad, false, false>(p); }          \
  KERNEL(name##_rk, threads, Product) { product<high, wide, 16, tall, broad, false, true>(p); }           \
  KERNEL(name##_kr, threads, Product) { product<high, wide, 16, tall, broad, true, false>(p); }           \
  KERNEL(name##_kk, threads, Product) { product<high, wide, 16, tall, broad, true, true>(p); }
