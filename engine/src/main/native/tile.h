/*
 * The innermost loops: one tile of C, [mr rows, nv vectors], kept in registers over the whole depth.
 *
 * Operands are read where they lie. Rows of A are `lda` apart or stand in a table of offsets, so that the patches of a convolution
 * need not be laid out; so may rows of B. An offset below 0 is a row of zeros (padding).
 */
#ifndef ENGRAM_TILE_H
#define ENGRAM_TILE_H

#include "vector.h"

/* What all tiles of one product share. */
typedef struct {
  const float *a;
  const float *b;
  float *c;
  ptrdiff_t lda;
  ptrdiff_t ldb;
  ptrdiff_t ldc;
  int depth;                /* of one segment */
  int segments;             /* A by rows only: the depth is cut into pieces, each with its offsets */
  const int32_t *a_table;   /* [row · a_step + segment] floats from a, or NULL */
  int a_step;
  const int32_t *a_segment; /* [segment] floats from a's rows, or NULL: none */
  const int32_t *b_segment; /* [segment] floats from b, or NULL: segment · depth · ldb */
  const int32_t *depths;    /* [segment] depth of each, or NULL: the same for all */
  const int32_t *b_table;   /* A by columns only: [p · b_step] floats from b, or NULL */
  int b_step;
  const int32_t *c_table;   /* [row] floats from c, or NULL */
  float alpha;
  float beta;
  const float *zeros;
} Product;

#define EACH_ROW(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)

#define DECLARE(i) V c##i##_0 = splat(0), c##i##_1 = splat(0), c##i##_2 = splat(0);

#define MULTIPLY(i)                                    \
  if (mr > i) {                                        \
    V x = splat(A_ELEMENT(i));                         \
    c##i##_0 = fused(x, b0, c##i##_0);                   \
    if (nv > 1) c##i##_1 = fused(x, b1, c##i##_1);       \
    if (nv > 2) c##i##_2 = fused(x, b2, c##i##_2);       \
  }

#define LOAD_B(from)                                                              \
  V b0 = nv == 1 && part ? load_part(from, mask) : load(from);                    \
  V b1 = nv < 2 ? b0 : nv == 2 && part ? load_part((from) + LANES, mask)          \
                                       : load((from) + LANES);                    \
  V b2 = nv < 3 ? b0 : part ? load_part((from) + 2 * LANES, mask)                 \
                            : load((from) + 2 * LANES);

#define WRITE_VECTOR(i, v)                                                         \
  if (nv > v) {                                                                   \
    V y = c##i##_##v * alpha;                                                     \
    if (part && nv == v + 1) {                                                    \
      if (g->beta != 0) y = fused(load_part(to + v * LANES, mask), beta, y);        \
      store_part(to + v * LANES, mask, y);                                        \
    } else {                                                                      \
      if (g->beta != 0) y = fused(load(to + v * LANES), beta, y);                   \
      store(to + v * LANES, y);                                                   \
    }                                                                             \
  }

#define WRITE(i)                                                                        \
  if (mr > i) {                                                                        \
    float *to = g->c + j + (g->c_table ? g->c_table[row + i] : (row + i) * g->ldc);    \
    WRITE_VECTOR(i, 0) WRITE_VECTOR(i, 1) WRITE_VECTOR(i, 2)                           \
  }

/* Rows of A lie along the depth. */
INLINE void tile_by_rows(const Product *g, ptrdiff_t row, ptrdiff_t j, int count, int mr, int nv, int part) {
  Mask mask = mask_of(count);
  EACH_ROW(DECLARE)
  for (int s = 0; s < g->segments; s++) {
    const float *b = g->b + j + (g->b_segment ? g->b_segment[s] : (ptrdiff_t)s * g->depth * g->ldb);
    const float *rows[12];
    if (g->a_table) {
      for (int i = 0; i < mr; i++) {
        int32_t offset = g->a_table[(row + i) * g->a_step + s];
        rows[i] = offset < 0 ? g->zeros : g->a + offset;
      }
    } else {
      const float *start = g->a + (g->a_segment ? g->a_segment[s] : 0);
      for (int i = 0; i < mr; i++) {
        rows[i] = start + (row + i) * g->lda;
      }
    }
#define POINT(i) const float *a##i = mr > i ? rows[i] : NULL;
    EACH_ROW(POINT)
#define A_ELEMENT(i) a##i[p]
    ptrdiff_t depth = g->depths ? g->depths[s] : g->depth;
    ptrdiff_t ldb = g->ldb;
#pragma GCC unroll 2
    for (ptrdiff_t p = 0; p < depth; p++) {
      LOAD_B(b)
      EACH_ROW(MULTIPLY)
      b += ldb;
    }
#undef A_ELEMENT
#undef POINT
  }
  V alpha = splat(g->alpha);
  V beta = splat(g->beta);
  EACH_ROW(WRITE)
}

/* A is transposed: what one step of the depth needs of it lies side by side. */
INLINE void tile_by_columns(const Product *g, ptrdiff_t row, ptrdiff_t j, int count, int mr, int nv, int part, int table) {
  Mask mask = mask_of(count);
  EACH_ROW(DECLARE)
  const float *a = g->a + row;
  const float *b = g->b + j;
  const int32_t *offset = g->b_table;
  int step = g->b_step;
  ptrdiff_t lda = g->lda;
  ptrdiff_t ldb = g->ldb;
#define A_ELEMENT(i) a[i]
#pragma GCC unroll 2
  for (int p = g->depth; p > 0; p--) {
    if (table) {
      b = *offset < 0 ? g->zeros : g->b + j + *offset;
      offset += step;
    }
    LOAD_B(b)
    EACH_ROW(MULTIPLY)
    a += lda;
    if (!table) b += ldb;
  }
#undef A_ELEMENT
  V alpha = splat(g->alpha);
  V beta = splat(g->beta);
  EACH_ROW(WRITE)
}

#endif
