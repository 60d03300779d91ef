/*
 * A times B transposed by scalar products: both operands are read along the depth and nothing is rearranged, but every element of C
 * costs a sum over the lanes of a register. Pays where the depth is long, or C narrow.
 */
#ifndef ENGRAM_DOT_H
#define ENGRAM_DOT_H

#include "vector.h"

#define DOT_COLUMNS 4
#if defined(__AVX512F__) || defined(__ARM_NEON)
#define DOT_ROWS 6
#else
#define DOT_ROWS 3
#endif

/* The sums over the lanes of four registers. */
#if defined(__AVX2__)
INLINE __m128 sums_of_lanes(V a, V b, V c, V d) {
#if defined(__AVX512F__)
#define FOLD(v) _mm256_add_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps(v, 1))
#else
#define FOLD(v) (v)
#endif
  __m256 pairs = _mm256_hadd_ps(_mm256_hadd_ps(FOLD(a), FOLD(b)), _mm256_hadd_ps(FOLD(c), FOLD(d)));
#undef FOLD
  return _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps(pairs, 1));
}
#else
INLINE V sums_of_lanes(V a, V b, V c, V d) { return vpaddq_f32(vpaddq_f32(a, b), vpaddq_f32(c, d)); }
#endif

INLINE void dot_tile(int mr, int nr, int k, float alpha, const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb,
                     float beta, float *c, ptrdiff_t ldc) {
#define EACH_DOT_ROW(X) X(0) X(1) X(2) X(3) X(4) X(5)
#define DECLARE_DOT(i) V s##i##_0 = splat(0), s##i##_1 = splat(0), s##i##_2 = splat(0), s##i##_3 = splat(0);
#define ADD_DOT(i)                                  \
  if (mr > i) {                                     \
    V x = DOT_LOAD(a + i * lda + p);                \
    s##i##_0 = fused(x, b0, s##i##_0);              \
    if (nr > 1) s##i##_1 = fused(x, b1, s##i##_1);  \
    if (nr > 2) s##i##_2 = fused(x, b2, s##i##_2);  \
    if (nr > 3) s##i##_3 = fused(x, b3, s##i##_3);  \
  }
#define DOT_STEP                                    \
  {                                                 \
    V b0 = DOT_LOAD(b + p);                         \
    V b1 = nr > 1 ? DOT_LOAD(b + ldb + p) : b0;     \
    V b2 = nr > 2 ? DOT_LOAD(b + 2 * ldb + p) : b0; \
    V b3 = nr > 3 ? DOT_LOAD(b + 3 * ldb + p) : b0; \
    EACH_DOT_ROW(ADD_DOT)                           \
  }
  EACH_DOT_ROW(DECLARE_DOT)
  int p = 0;
#define DOT_LOAD(from) load(from)
  for (; p + LANES <= k; p += LANES) DOT_STEP
#undef DOT_LOAD
  if (p < k) {
    Mask mask = mask_of(k - p);
#define DOT_LOAD(from) load_part(from, mask)
    DOT_STEP
#undef DOT_LOAD
  }
#define WRITE_DOT(i)                                                                              \
  if (mr > i) {                                                                                   \
    float sums[4] __attribute__((aligned(16)));                                                   \
    *(__typeof__(sums_of_lanes(s0_0, s0_0, s0_0, s0_0)) *)sums =                                   \
        sums_of_lanes(s##i##_0, s##i##_1, s##i##_2, s##i##_3);                                    \
    for (int j = 0; j < nr; j++) {                                                                \
      c[i * ldc + j] = beta == 0 ? alpha * sums[j] : alpha * sums[j] + beta * c[i * ldc + j];     \
    }                                                                                             \
  }
  EACH_DOT_ROW(WRITE_DOT)
#undef EACH_DOT_ROW
#undef DECLARE_DOT
#undef ADD_DOT
#undef DOT_STEP
#undef WRITE_DOT
}

typedef void (*DotTile)(int k, float alpha, const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb, float beta,
                        float *c, ptrdiff_t ldc);

#define DOT_TILE(mr, nr)                                                                                             \
  static void dot_##mr##_##nr(int k, float alpha, const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb,       \
                              float beta, float *c, ptrdiff_t ldc) {                                                 \
    dot_tile(mr, nr, k, alpha, a, lda, b, ldb, beta, c, ldc);                                                        \
  }
#define DOT_ENTRY(mr, nr) [mr - 1][nr - 1] = dot_##mr##_##nr,
#define DOT_SIZES_ROW(X, mr) X(mr, 1) X(mr, 2) X(mr, 3) X(mr, 4)
#if DOT_ROWS == 6
#define EACH_DOT_SIZE(X)                                                                        \
  DOT_SIZES_ROW(X, 1) DOT_SIZES_ROW(X, 2) DOT_SIZES_ROW(X, 3) DOT_SIZES_ROW(X, 4) DOT_SIZES_ROW(X, 5) \
  DOT_SIZES_ROW(X, 6)
#else
#define EACH_DOT_SIZE(X) DOT_SIZES_ROW(X, 1) DOT_SIZES_ROW(X, 2) DOT_SIZES_ROW(X, 3)
#endif

EACH_DOT_SIZE(DOT_TILE)
static const DotTile dot_tiles[DOT_ROWS][DOT_COLUMNS] = {EACH_DOT_SIZE(DOT_ENTRY)};

/* Measured on AVX2 and AVX-512: rearranging B costs its size, sums over lanes cost the size of C. */
static int dot_pays(int m, int n, int k) { return k >= 4 * m || (n <= 8 && k >= LANES); }

static void multiply_by_dots(int m, int n, int k, float alpha, const float *a, ptrdiff_t lda, const float *b,
                             ptrdiff_t ldb, float beta, float *c, ptrdiff_t ldc) {
  int row_blocks = (m + DOT_ROWS - 1) / DOT_ROWS;
  for (int j = 0; j < n; j += DOT_COLUMNS) {
    int columns = n - j < DOT_COLUMNS ? n - j : DOT_COLUMNS;
    int left = m;
    for (int blocks = row_blocks; blocks > 0; blocks--) {
      int rows = (left + blocks - 1) / blocks;
      int i = m - left;
      dot_tiles[rows - 1][columns - 1](k, alpha, a + i * lda, lda, b + j * ldb, ldb, beta, c + i * ldc + j, ldc);
      left -= rows;
    }
  }
}

#endif
