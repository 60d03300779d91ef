// The same products on tensor cores, which multiply numbers of eleven bits and add up in float32. Where THREE, a factor is cut into its
// upper eleven bits and the rest, and the three products that matter are added up, the small ones first: what is left out is below 2⁻²⁰ of a
// term. Without, factors are rounded to eleven bits: TF32.
#pragma once

#include "product.cuh"

constexpr int PIECE = 16;  // Of the depth, brought into shared memory in one go.
constexpr int STAGES = 3;  // Pieces in shared memory: one is multiplied, the others are on their way.

// A factor's piece in shared memory, as it comes: along k where its elements are beside each other along k, else along rows. With these
// strides a warp that reads eight rows at four neighbouring k meets itself in no bank. Elements travel by themselves, pieces ahead of the
// one that is multiplied. Rows beyond the edge are the last row again: nobody writes what comes of them.
template <int SIDE, int THREADS, bool ALONG>
struct Piece {
  static constexpr int COUNT = SIDE * PIECE / THREADS;
  static constexpr int ROW = ALONG ? PIECE + 4 : 1;
  static constexpr int K = ALONG ? 1 : SIDE + 8;
  static constexpr int FLOATS = ALONG ? SIDE * ROW : PIECE * K;
  const float* base;
  const int* step;
  int offset[ALONG ? COUNT : 1];

  __device__ __forceinline__ void start(const Factor& f, int task, int first, int limit) {
    base = f.base + task * f.task;
    PINNED(base);
    step = f.step + task * f.stepTask + (ALONG ? threadIdx.x % PIECE : threadIdx.x / SIDE * COUNT);
    PINNED(step);
#pragma unroll
    for (int i = 0; i < (ALONG ? COUNT : 1); i++) {
      int row = ALONG ? threadIdx.x / PIECE + i * (THREADS / PIECE) : threadIdx.x % SIDE;
      offset[i] = f.row[min(first + row, limit - 1)];
    }
  }

  // Sends elements `from` … of the depth, of which `left` are left, on their way.
  __device__ __forceinline__ void send(float* tile, int from, int left) const {
    if (ALONG) {
      int k = threadIdx.x % PIECE;
      int s = k < left ? step[from] : 0;
#pragma unroll
      for (int i = 0; i < COUNT; i++) {
        int row = threadIdx.x / PIECE + i * (THREADS / PIECE);
        sendOne(tile + row * ROW + k, base + offset[ALONG ? i : 0] + s, k < left);
      }
      return;
    }
    int k = threadIdx.x / SIDE * COUNT;
    float* to = tile + k * K + threadIdx.x % SIDE;
    if (left >= PIECE) {
      const int4* steps = reinterpret_cast<const int4*>(step + from);
#pragma unroll
      for (int i = 0; i < COUNT; i += 4) {
        int4 s = steps[i / 4];
        sendOne(to + i * K, base + offset[0] + s.x, true);
        sendOne(to + (i + 1) * K, base + offset[0] + s.y, true);
        sendOne(to + (i + 2) * K, base + offset[0] + s.z, true);
        sendOne(to + (i + 3) * K, base + offset[0] + s.w, true);
      }
    } else {
#pragma unroll
      for (int i = 0; i < COUNT; i++) {
        bool inside = k + i < left;
        sendOne(to + i * K, base + offset[0] + (inside ? step[from + i] : 0), inside);
      }
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
  __shared__ __align__(16) float room[STAGES * (A::FLOATS + B::FLOATS)];
  static_assert(WARPS_DOWN * 16 * STRIDE <= STAGES * (A::FLOATS + B::FLOATS), "results leave through the same room");
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

#pragma unroll
  for (int i = 0; i < STAGES - 1; i++) {
    if (i * PIECE < p.depth) {
      a.send(room + i * A::FLOATS, i * PIECE, p.depth - i * PIECE);
      b.send(room + STAGES * A::FLOATS + i * B::FLOATS, i * PIECE, p.depth - i * PIECE);
    }
    sent();
  }
  int now = 0;
  int next = STAGES - 1;
  for (int k = 0; k < p.depth; k += PIECE) {
    awaitAllBut<STAGES - 2>();
    __syncthreads();  // The piece has come, and everybody is done with the one before: its place is free.
    int ahead = k + (STAGES - 1) * PIECE;
    if (ahead < p.depth) {
      a.send(room + next * A::FLOATS, ahead, p.depth - ahead);
      b.send(room + STAGES * A::FLOATS + next * B::FLOATS, ahead, p.depth - ahead);
    }
    sent();
    part.template add<A, B>(room + now * A::FLOATS, room + STAGES * A::FLOATS + now * B::FLOATS);
    now = now + 1 == STAGES ? 0 : now + 1;
    next = next + 1 == STAGES ? 0 : next + 1;
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
