/* [rows, columns] → [columns, rows], in blocks that fit registers. */
#ifndef ENGRAM_TRANSPOSE_H
#define ENGRAM_TRANSPOSE_H

#include "vector.h"

#if defined(__AVX2__)
#define BLOCK 8
INLINE __m256 two_halves(const float *low, const float *high) {
  return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(low)), _mm_loadu_ps(high), 1);
}

/* Four columns of eight rows: rows 0 to 3 in the lower half of each register, 4 to 7 in the upper. */
INLINE void transpose_half(const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy) {
  __m256 r0 = two_halves(x, x + 4 * ldx);
  __m256 r1 = two_halves(x + ldx, x + 5 * ldx);
  __m256 r2 = two_halves(x + 2 * ldx, x + 6 * ldx);
  __m256 r3 = two_halves(x + 3 * ldx, x + 7 * ldx);
  __m256 t0 = _mm256_unpacklo_ps(r0, r1);
  __m256 t1 = _mm256_unpackhi_ps(r0, r1);
  __m256 t2 = _mm256_unpacklo_ps(r2, r3);
  __m256 t3 = _mm256_unpackhi_ps(r2, r3);
  _mm256_storeu_ps(y, _mm256_shuffle_ps(t0, t2, 0x44));
  _mm256_storeu_ps(y + ldy, _mm256_shuffle_ps(t0, t2, 0xee));
  _mm256_storeu_ps(y + 2 * ldy, _mm256_shuffle_ps(t1, t3, 0x44));
  _mm256_storeu_ps(y + 3 * ldy, _mm256_shuffle_ps(t1, t3, 0xee));
}

INLINE void transpose_block(const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy) {
  transpose_half(x, ldx, y, ldy);
  transpose_half(x + 4, ldx, y + 4 * ldy, ldy);
}
#else
#define BLOCK 4
INLINE void transpose_block(const float *x, ptrdiff_t ldx, float *y, ptrdiff_t ldy) {
  float32x4x4_t r = {{vld1q_f32(x), vld1q_f32(x + ldx), vld1q_f32(x + 2 * ldx), vld1q_f32(x + 3 * ldx)}};
  float32x4x2_t low = vtrnq_f32(r.val[0], r.val[1]);
  float32x4x2_t high = vtrnq_f32(r.val[2], r.val[3]);
  vst1q_f32(y, vcombine_f32(vget_low_f32(low.val[0]), vget_low_f32(high.val[0])));
  vst1q_f32(y + ldy, vcombine_f32(vget_low_f32(low.val[1]), vget_low_f32(high.val[1])));
  vst1q_f32(y + 2 * ldy, vcombine_f32(vget_high_f32(low.val[0]), vget_high_f32(high.val[0])));
  vst1q_f32(y + 3 * ldy, vcombine_f32(vget_high_f32(low.val[1]), vget_high_f32(high.val[1])));
}
#endif

static void transpose(const float *x, ptrdiff_t ldx, int rows, int columns, float *y, ptrdiff_t ldy) {
  int row = 0;
  for (; row + BLOCK <= rows; row += BLOCK) {
    int column = 0;
    for (; column + BLOCK <= columns; column += BLOCK) {
      transpose_block(x + row * ldx + column, ldx, y + column * ldy + row, ldy);
    }
    for (; column < columns; column++) {
      for (int r = row; r < row + BLOCK; r++) y[column * ldy + r] = x[r * ldx + column];
    }
  }
  for (; row < rows; row++) {
    for (int column = 0; column < columns; column++) y[column * ldy + row] = x[row * ldx + column];
  }
}

#endif
