/*
 * One vector register of floats, for whichever instructions this translation unit is compiled for. Tiles of a product are up to
 * ROWS_n rows by n vectors: as many accumulators as registers allow beside the operands, and enough to hide the latency of a fused
 * multiply-add on two ports.
 */
#ifndef ENGRAM_VECTOR_H
#define ENGRAM_VECTOR_H

#include <stddef.h>
#include <stdint.h>

#define INLINE static inline __attribute__((always_inline))

#if defined(__AVX512F__)

#include <immintrin.h>
#define ISA(name) name##_avx512
#define LANES 16
#define ROWS_1 12
#define ROWS_2 12
#define ROWS_3 8
typedef __m512 V;
/* Which lanes of the last vector count. */
typedef __mmask16 Mask;
INLINE Mask mask_of(int count) { return (Mask)((1u << count) - 1); }
INLINE V load(const float *p) { return _mm512_loadu_ps(p); }
INLINE V load_part(const float *p, Mask m) { return _mm512_maskz_loadu_ps(m, p); }
INLINE void store(float *p, V v) { _mm512_storeu_ps(p, v); }
INLINE void store_part(float *p, Mask m, V v) { _mm512_mask_storeu_ps(p, m, v); }
INLINE V splat(float x) { return _mm512_set1_ps(x); }
INLINE V fused(V a, V b, V c) { return _mm512_fmadd_ps(a, b, c); }

#elif defined(__AVX2__)

#include <immintrin.h>
#define ISA(name) name##_avx2
#define LANES 8
#define ROWS_1 12
#define ROWS_2 6
#define ROWS_3 4
typedef __m256 V;
typedef __m256i Mask;
INLINE Mask mask_of(int count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
INLINE V load(const float *p) { return _mm256_loadu_ps(p); }
INLINE V load_part(const float *p, Mask m) { return _mm256_maskload_ps(p, m); }
INLINE void store(float *p, V v) { _mm256_storeu_ps(p, v); }
INLINE void store_part(float *p, Mask m, V v) { _mm256_maskstore_ps(p, m, v); }
INLINE V splat(float x) { return _mm256_set1_ps(x); }
INLINE V fused(V a, V b, V c) { return _mm256_fmadd_ps(a, b, c); }

#elif defined(__ARM_NEON)

#include <arm_neon.h>
#define ISA(name) name##_neon
#define LANES 4
#define ROWS_1 12
#define ROWS_2 12
#define ROWS_3 8
typedef float32x4_t V;
typedef int Mask;
INLINE Mask mask_of(int count) { return count; }
INLINE V load(const float *p) { return vld1q_f32(p); }
INLINE V load_part(const float *p, Mask m) {
  V v = vdupq_n_f32(0);
  v = vld1q_lane_f32(p, v, 0);
  if (m > 1) v = vld1q_lane_f32(p + 1, v, 1);
  if (m > 2) v = vld1q_lane_f32(p + 2, v, 2);
  if (m > 3) v = vld1q_lane_f32(p + 3, v, 3);
  return v;
}
INLINE void store(float *p, V v) { vst1q_f32(p, v); }
INLINE void store_part(float *p, Mask m, V v) {
  vst1q_lane_f32(p, v, 0);
  if (m > 1) vst1q_lane_f32(p + 1, v, 1);
  if (m > 2) vst1q_lane_f32(p + 2, v, 2);
  if (m > 3) vst1q_lane_f32(p + 3, v, 3);
}
INLINE V splat(float x) { return vdupq_n_f32(x); }
INLINE V fused(V a, V b, V c) { return vfmaq_f32(c, a, b); }

#else
#error "no vector instructions known for this target"
#endif

#endif
