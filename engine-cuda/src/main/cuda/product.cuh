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
  int tiles;        // tiles of one task
  int keep;         // 1: add to what stands in C
  float scale;
};

// Products in one go whose results lie between each other. Blocks are numbered task by task, so that what belongs together meets in the
// cache and goes to memory whole.
constexpr int MOST_PRODUCTS = 4;

struct Products {
  Product part[MOST_PRODUCTS];
  int tiles;  // tiles of one task in all parts
  int unused;
};

// Brings a [SIDE, DEPTH] piece of a factor into shared memory as [DEPTH][SIDE + 4], by way of registers, so that the next piece is on its
// way while this one is multiplied. ALONG: the factor's elements are beside each other along k, so threads next to each other take
// different k; otherwise different rows. Rows beyond the edge are the last row again: nobody writes what comes of them.
//
// With SPREAD rows are dealt out: place 4·x + j of a strip holds row j·SPREAD + x. A thread reads four places in one go, and neighbours
// then hold neighbouring rows.
template <int SIDE, int DEPTH, int THREADS, bool ALONG, int SPREAD>
struct Fetch {
  static constexpr int COUNT = SIDE * DEPTH / THREADS;
  static constexpr int STRIDE = SIDE + 4;
  const float* base;
  const int* step;
  int offset[ALONG ? COUNT : 1];
  float value[COUNT];

  __device__ __forceinline__ void start(const Factor& f, int task, int first, int limit) {
    base = f.base + task * f.task;
    PINNED(base);
    step = f.step + task * f.stepTask + (ALONG ? threadIdx.x % DEPTH : threadIdx.x / SIDE * COUNT);
    PINNED(step);
    if (ALONG) {
#pragma unroll
      for (int i = 0; i < COUNT; i++) {
        offset[ALONG ? i : 0] = f.row[min(first + (int)threadIdx.x / DEPTH + i * (THREADS / DEPTH), limit - 1)];
      }
    } else {
      offset[0] = f.row[min(first + (int)threadIdx.x % SIDE, limit - 1)];
    }
  }

  // Elements `from` … of the depth, of which `left` are left.
  __device__ __forceinline__ void fetch(int from, int left) {
    if (ALONG) {
      bool inside = left >= DEPTH || threadIdx.x % DEPTH < left;
      int s = inside ? step[from] : 0;
#pragma unroll
      for (int i = 0; i < COUNT; i++) value[i] = inside ? base[offset[ALONG ? i : 0] + s] : 0.f;
    } else if (left >= DEPTH) {
      const int4* steps = reinterpret_cast<const int4*>(step + from);
#pragma unroll
      for (int i = 0; i < COUNT / 4; i++) {
        int4 s = steps[i];
        value[4 * i] = base[offset[0] + s.x];
        value[4 * i + 1] = base[offset[0] + s.y];
        value[4 * i + 2] = base[offset[0] + s.z];
        value[4 * i + 3] = base[offset[0] + s.w];
      }
    } else {
#pragma unroll
      for (int i = 0; i < COUNT; i++) {
        value[i] = threadIdx.x / SIDE * COUNT + i < left ? base[offset[0] + step[from + i]] : 0.f;
      }
    }
  }

  __device__ __forceinline__ void store(float* tile) const {
#pragma unroll
    for (int i = 0; i < COUNT; i++) {
      // Places are rows with their bits in another order, so those of a sum without carries can be added up.
      if (ALONG) {
        tile[threadIdx.x % DEPTH * STRIDE + place(threadIdx.x / DEPTH) + place(i * (THREADS / DEPTH))] = value[i];
      } else {
        tile[(threadIdx.x / SIDE * COUNT + i) * STRIDE + place(threadIdx.x % SIDE)] = value[i];
      }
    }
  }

  static __device__ __forceinline__ int place(int row) {
    if (SPREAD == 0) return row;
    constexpr int STRIP = SPREAD == 0 ? 1 : 4 * SPREAD;
    constexpr int EACH = SPREAD == 0 ? 1 : SPREAD;
    return row / STRIP * STRIP + row % EACH * 4 + row % STRIP / EACH;
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
static __device__ __forceinline__ void product(const Products& all) {
  constexpr int ACROSS = WIDE / BROAD;
  constexpr int THREADS = HIGH / TALL * ACROSS;
  constexpr int A_STRIDE = HIGH + 4;
  constexpr int B_STRIDE = WIDE + 4;
  __shared__ __align__(16) float as[2][DEPTH * A_STRIDE];
  __shared__ __align__(16) float bs[2][DEPTH * B_STRIDE];
  int task = blockIdx.x / all.tiles;
  int tile = blockIdx.x % all.tiles;
  int which = 0;
  while (tile >= all.part[which].tiles) tile -= all.part[which++].tiles;
  const Product& p = all.part[which];
  int top = tile / p.tilesAcross * HIGH;
  int left = tile % p.tilesAcross * WIDE;
  // A warp is four threads high and eight wide, neighbours below each other: then what it reads of shared memory in one go is little, and
  // comes in one go.
  int lane = threadIdx.x % 32;
  int warp = threadIdx.x / 32;
  int x = warp % (ACROSS / 8) * 8 + lane / 2 % 8;
  int y = warp / (ACROSS / 8) * 4 + lane / 16 * 2 + lane % 2;

  Fetch<HIGH, DEPTH, THREADS, A_ALONG, 0> a;
  Fetch<WIDE, DEPTH, THREADS, B_ALONG, ACROSS> b;
  a.start(p.a, task, top, p.rows);
  b.start(p.b, task, left, p.columns);
  float sum[TALL][BROAD];
#pragma unroll
  for (int i = 0; i < TALL; i++)
#pragma unroll
    for (int j = 0; j < BROAD; j++) sum[i][j] = 0.f;

  a.fetch(0, p.depth);
  b.fetch(0, p.depth);
  int now = 0;
  for (int k = 0; k < p.depth; k += DEPTH) {
    a.store(as[now]);
    b.store(bs[now]);
    __syncthreads();
    if (k + DEPTH < p.depth) {
      a.fetch(k + DEPTH, p.depth - k - DEPTH);
      b.fetch(k + DEPTH, p.depth - k - DEPTH);
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
      int column = left + j / 4 * (WIDE * 4 / BROAD) + j % 4 * ACROSS + x;
      if (column >= p.columns) continue;
      float* to = line + p.cColumn[column];
      float found = p.scale * sum[i][j] + bias;
      *to = p.keep ? *to + found : found;
    }
  }
}

#define PRODUCTS(name, threads, blocks, high, wide, depth, tall, broad)                                                 \
  CROWDED_KERNEL(name##_rr, threads, blocks, Products) { product<high, wide, depth, tall, broad, false, false>(p); }    \
  CROWDED_KERNEL(name##_rk, threads, blocks, Products) { product<high, wide, depth, tall, broad, false, true>(p); }     \
  CROWDED_KERNEL(name##_kr, threads, blocks, Products) { product<high, wide, depth, tall, broad, true, false>(p); }     \
  CROWDED_KERNEL(name##_kk, threads, blocks, Products) { product<high, wide, depth, tall, broad, true, true>(p); }
