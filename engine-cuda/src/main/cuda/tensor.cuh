// The same products on tensor cores, which multiply numbers of eleven bits and add up in float32. Where THREE, a factor is cut into its
// upper eleven bits and the rest, and the three products that matter are added up, the small ones first: what is left out is below 2⁻²⁰ of a
// term. Without, factors are rounded to eleven bits: TF32.
#pragma once

#include "product.cuh"

constexpr int PIECE = 16;  // Of the depth, brought into shared memory in one go.

// A factor's piece in shared memory, as it comes: along k where its elements are beside each other along k, else along rows. With these
// strides a warp that reads eight rows at four neighbouring k meets itself in no bank.
template <int SIDE, int THREADS, bool ALONG>
struct Piece : Fetch<SIDE, PIECE, THREADS, ALONG, 0> {
  using Base = Fetch<SIDE, PIECE, THREADS, ALONG, 0>;
  static constexpr int ROW = ALONG ? PIECE + 4 : 1;
  static constexpr int K = ALONG ? 1 : SIDE + 8;
  static constexpr int FLOATS = ALONG ? SIDE * ROW : PIECE * K;

  __device__ __forceinline__ void put(float* tile) const {
#pragma unroll
    for (int i = 0; i < Base::COUNT; i++) {
      int row = ALONG ? threadIdx.x / PIECE + i * (THREADS / PIECE) : threadIdx.x % SIDE;
      int k = ALONG ? threadIdx.x % PIECE : threadIdx.x / SIDE * Base::COUNT + i;
      tile[row * ROW + k * K] = this->value[i];
    }
  }
};

// The upper eleven bits; the rest of the number is exact.
static __device__ __forceinline__ float upper(float x) { return fromBits(bits(x) & 0xffffe000u); }

// Rounded to eleven bits, half away from zero; what is not finite stays so.
static __device__ __forceinline__ float rounded(float x) {
  unsigned int b = bits(x);
  return (b & 0x7f800000u) == 0x7f800000u ? x : fromBits((b + 0x1000u) & 0xffffe000u);
}

// A warp's part of a tile: TALL × BROAD, as sixteens of rows by eights of columns. Of each, lane 4·g + t holds rows g and g + 8 of columns
// 2·t and 2·t + 1.
template <int TALL, int BROAD, bool THREE>
struct Part {
  static constexpr int DOWN = TALL / 16;
  static constexpr int ACROSS = BROAD / 8;
  float sum[DOWN][ACROSS][4];
  int g, t;
  int top, left;  // within the block's tile

  __device__ __forceinline__ void begin(int down, int across) {
    g = threadIdx.x % 32 / 4;
    t = threadIdx.x % 4;
    top = down * TALL;
    left = across * BROAD;
#pragma unroll
    for (int i = 0; i < DOWN; i++)
#pragma unroll
      for (int j = 0; j < ACROSS; j++)
#pragma unroll
        for (int r = 0; r < 4; r++) sum[i][j][r] = 0.f;
  }

#ifdef ENGRAM_SHIM
  // Each thread works out what it holds by itself.
  template <class A, class B>
  void add(const float* as, const float* bs) {
    for (int i = 0; i < DOWN; i++)
      for (int j = 0; j < ACROSS; j++)
        for (int r = 0; r < 4; r++) {
          int row = top + i * 16 + g + r / 2 * 8;
          int column = left + j * 8 + 2 * t + r % 2;
          for (int s = 0; s < PIECE; s += 8) {
            float small = 0.f;
            float large = 0.f;
            for (int k = s; k < s + 8; k++) {
              float a = as[row * A::ROW + k * A::K];
              float b = bs[column * B::ROW + k * B::K];
              float ah = THREE ? upper(a) : rounded(a);
              float bh = THREE ? upper(b) : rounded(b);
              if (THREE) small += upper(a - ah) * bh + ah * upper(b - bh);
              large += ah * bh;
            }
            sum[i][j][r] += small + large;
          }
        }
  }
#else
  static __device__ __forceinline__ void multiply(float (&c)[4], const float (&a)[4], const float (&b)[2]) {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 800
    asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(bits(a[0])), "r"(bits(a[1])), "r"(bits(a[2])), "r"(bits(a[3])), "r"(bits(b[0])), "r"(bits(b[1])));
#endif
  }

  template <class A, class B>
  __device__ __forceinline__ void add(const float* as, const float* bs) {
#pragma unroll 1
    for (int s = 0; s < PIECE; s += 8) {
      float ah[DOWN][4];
      float al[DOWN][4];
#pragma unroll
      for (int i = 0; i < DOWN; i++)
#pragma unroll
        for (int r = 0; r < 4; r++) {
          float a = as[(top + i * 16 + g + r % 2 * 8) * A::ROW + (s + t + r / 2 * 4) * A::K];
          ah[i][r] = THREE ? upper(a) : rounded(a);
          al[i][r] = a - ah[i][r];
        }
#pragma unroll
      for (int j = 0; j < ACROSS; j++) {
        float bh[2];
        float bl[2];
#pragma unroll
        for (int r = 0; r < 2; r++) {
          float b = bs[(left + j * 8 + g) * B::ROW + (s + t + r * 4) * B::K];
          bh[r] = THREE ? upper(b) : rounded(b);
          bl[r] = b - bh[r];
        }
        // A tensor core cuts off what does not fit into a sum; so each eight begins anew, and their sums are added up as usual.
        float part[DOWN][4];
#pragma unroll
        for (int i = 0; i < DOWN; i++)
#pragma unroll
          for (int r = 0; r < 4; r++) part[i][r] = 0.f;
        if (THREE) {
#pragma unroll
          for (int i = 0; i < DOWN; i++) multiply(part[i], al[i], bh);
#pragma unroll
          for (int i = 0; i < DOWN; i++) multiply(part[i], ah[i], bl);
        }
#pragma unroll
        for (int i = 0; i < DOWN; i++) multiply(part[i], ah[i], bh);
#pragma unroll
        for (int i = 0; i < DOWN; i++)
#pragma unroll
          for (int r = 0; r < 4; r++) sum[i][j][r] += part[i][r];
      }
    }
  }
#endif

  // Half a tile's rows: those of sixteens number i of every warp, as rows of `stride`.
  __device__ __forceinline__ void show(float* room, int stride, int i, int down) const {
#pragma unroll
    for (int j = 0; j < ACROSS; j++)
#pragma unroll
      for (int r = 0; r < 4; r++) room[(down * 16 + g + r / 2 * 8) * stride + left + j * 8 + 2 * t + r % 2] = sum[i][j][r];
  }
};

// A tile of HIGH × WIDE for each block, of TALL × BROAD for each warp.
template <int HIGH, int WIDE, int TALL, int BROAD, bool THREE, bool A_ALONG, bool B_ALONG>
static __device__ __forceinline__ void tensorProduct(const Products& all) {
  constexpr int WARPS_DOWN = HIGH / TALL;
  constexpr int WARPS_ACROSS = WIDE / BROAD;
  constexpr int THREADS = 32 * WARPS_DOWN * WARPS_ACROSS;
  using A = Piece<HIGH, THREADS, A_ALONG>;
  using B = Piece<WIDE, THREADS, B_ALONG>;
  constexpr int STRIDE = WIDE + 8;
  __shared__ __align__(16) float room[2 * (A::FLOATS + B::FLOATS)];
  static_assert(WARPS_DOWN * 16 * STRIDE <= 2 * (A::FLOATS + B::FLOATS), "results leave through the same room");
  int task = blockIdx.x / all.tiles;
  int tile = blockIdx.x % all.tiles;
  int which = 0;
  while (tile >= all.part[which].tiles) tile -= all.part[which++].tiles;
  const Product& p = all.part[which];
  int top = tile / p.tilesAcross * HIGH;
  int left = tile % p.tilesAcross * WIDE;
  int warp = threadIdx.x / 32;
  int down = warp / WARPS_ACROSS;

  A a;
  B b;
  a.start(p.a, task, top, p.rows);
  b.start(p.b, task, left, p.columns);
  Part<TALL, BROAD, THREE> part;
  part.begin(down, warp % WARPS_ACROSS);

  a.fetch(0, p.depth);
  b.fetch(0, p.depth);
  int now = 0;
  for (int k = 0; k < p.depth; k += PIECE) {
    float* as = room + now * A::FLOATS;
    float* bs = room + 2 * A::FLOATS + now * B::FLOATS;
    a.put(as);
    b.put(bs);
    __syncthreads();
    if (k + PIECE < p.depth) {
      a.fetch(k + PIECE, p.depth - k - PIECE);
      b.fetch(k + PIECE, p.depth - k - PIECE);
    }
    part.template add<A, B>(as, bs);
    now ^= 1;  // Two pieces take turns: whoever is still multiplying reads the other one.
  }

  // By way of shared memory, so that neighbouring threads write neighbouring columns.
  float* c = p.c + task * p.cTask;
  int x = threadIdx.x % WIDE;
  int column = left + x;
  int across = column < p.columns ? p.cColumn[column] : 0;
#pragma unroll
  for (int i = 0; i < TALL / 16; i++) {
    __syncthreads();
    part.show(room, STRIDE, i, down);
    __syncthreads();
#pragma unroll 4
    for (int y = threadIdx.x / WIDE; y < WARPS_DOWN * 16; y += THREADS / WIDE) {
      int row = top + y / 16 * TALL + i * 16 + y % 16;
      if (row >= p.rows || column >= p.columns) continue;
      float bias = p.bias ? p.bias[task * p.biasTask + row] : 0.f;
      float* to = c + p.cRow[row] + across;
      float found = p.scale * room[y * STRIDE + x] + bias;
      *to = p.keep ? *to + found : found;
    }
  }
}

#define TENSOR_PRODUCTS_OF(name, three, threads, blocks, high, wide, tall, broad)                                                \
  CROWDED_KERNEL(name##_rr, threads, blocks, Products) { tensorProduct<high, wide, tall, broad, three, false, false>(p); }        \
  CROWDED_KERNEL(name##_rk, threads, blocks, Products) { tensorProduct<high, wide, tall, broad, three, false, true>(p); }         \
  CROWDED_KERNEL(name##_kr, threads, blocks, Products) { tensorProduct<high, wide, tall, broad, three, true, false>(p); }         \
  CROWDED_KERNEL(name##_kk, threads, blocks, Products) { tensorProduct<high, wide, tall, broad, three, true, true>(p); }

#define TENSOR_PRODUCTS(size, threads, blocks, high, wide, tall, broad)                     \
  TENSOR_PRODUCTS_OF(three_##size, true, threads, blocks, high, wide, tall, broad)          \
  TENSOR_PRODUCTS_OF(tf32_##size, false, threads, blocks, high, wide, tall, broad)
