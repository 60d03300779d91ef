#include "sparse.h"

#include "vector.h"

/* Vectors of a row that are kept in registers. */
#define PANEL 8

/* Rows of B at a time: they stay in the first cache while all rows of A meet them. */
#define STRIP 64

/* Rows of A at a time. */
#define ROWS 64

#define EACH(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7)

#define ZERO(i) V s##i = splat(0);
#define READ(i) \
  if (nv > i) s##i = part && nv == i + 1 ? load_part(to + i * LANES, mask) : load(to + i * LANES);
#define ADD(i) \
  if (nv > i) s##i = fused(x, part && nv == i + 1 ? load_part(from + i * LANES, mask) : load(from + i * LANES), s##i);
#define WRITE_TO(to, i, v)                     \
  if (nv > i) {                                \
    if (part && nv == i + 1) {                 \
      store_part((to) + i * LANES, mask, v);   \
    } else {                                   \
      store((to) + i * LANES, v);              \
    }                                          \
  }
#define WRITE(i) WRITE_TO(to, i, s##i)
#define AT(from, i) (part && nv == i + 1 ? load_part((from) + i * LANES, mask) : load((from) + i * LANES))

/* One row of C, a panel wide: adds what lies in a strip of B; returns where it stopped. */
INLINE int add_strip(const Sparse *a, int at, int end, int until, ptrdiff_t n, const float *b, float *to, Mask mask,
                     int nv, int part) {
  EACH(ZERO)
  EACH(READ)
  for (; at < end && a->index[at] < until; at++) {
    V x = splat(a->value[at]);
    const float *from = b + a->index[at] * n;
    EACH(ADD)
  }
  EACH(WRITE)
  return at;
}

/* One row of the gradient, a panel wide. */
typedef struct {
  const float *b;
  ptrdiff_t ldb;
  float alpha;
  float beta;
  float *c;
  const float *steps;
  float *average;
  float rate;
} Target;

/* The sum over one row of A, or over k rows of B where index is NULL. */
#define SUM_ROW                                           \
  EACH(ZERO)                                              \
  for (int e = 0; e < count; e++) {                       \
    V x = index ? splat(value[e]) : splat(1);             \
    const float *from = t->b + j + (index ? index[e] : e) * t->ldb; \
    EACH(ADD)                                             \
  }

INLINE void write_row(const Target *t, const int32_t *index, const float *value, int count, ptrdiff_t at, int j,
                      Mask mask, int nv, int part) {
  SUM_ROW
  V alpha = splat(t->alpha);
  V beta = splat(t->beta);
  float *to = t->c + at + j;
#define SCALE(i)                                                          \
  if (nv > i) {                                                           \
    s##i *= alpha;                                                        \
    if (t->beta != 0) s##i = fused(AT(to, i), beta, s##i);                \
  }
  EACH(SCALE)
  EACH(WRITE)
}

INLINE V descend_row(const Target *t, const int32_t *index, const float *value, int count, ptrdiff_t at, int j,
                     Mask mask, int nv, int part) {
  SUM_ROW
  V squares = splat(0);
  V rate = splat(t->rate);
  float *w = t->c + at + j;
  const float *steps = t->steps + at + j;
  float *average = t->average ? t->average + at + j : NULL;
  /* Each operation is rounded, as in Java. */
#define MOVE(i)                                                           \
  if (nv > i) {                                                           \
    squares = fused(s##i, s##i, squares);                                 \
    V moved = AT(w, i) - AT(steps, i) * s##i;                             \
    WRITE_TO(w, i, moved)                                                 \
    if (average) {                                                        \
      V before = AT(average, i);                                          \
      V after = before + rate * (moved - before);                         \
      WRITE_TO(average, i, after)                                         \
    }                                                                     \
  }
  EACH(MOVE)
  return squares;
}

#define PANELS(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8)
#define CASE(nv)                                                                   \
  case 2 * nv: CALL(nv, 0); break;                                                 \
  case 2 * nv + 1: CALL(nv, 1); break;

/* Which variant computes columns from j on; `mask` is of their last vector. */
static int variant(int n, int j, Mask *mask) {
  int vectors = (n - j + LANES - 1) / LANES;
  int nv = vectors < PANEL ? vectors : PANEL;
  int last = n - j - (nv - 1) * LANES;
  *mask = mask_of(last < LANES ? last : LANES);
  return 2 * nv + (last < LANES);
}

void ISA(multiply_sparse)(const Sparse *a, int units, int n, const float *b, float *c, ptrdiff_t ldc) {
  for (int first = 0; first < a->rows; first += ROWS) {
    int rows = a->rows - first < ROWS ? a->rows - first : ROWS;
    for (int j = 0; j < n; j += PANEL * LANES) {
      Mask mask;
      int which = variant(n, j, &mask);
      int wide = n - j < PANEL * LANES ? n - j : PANEL * LANES;
      int at[ROWS];
      for (int r = 0; r < rows; r++) {
        at[r] = a->start[first + r];
        for (int i = 0; i < wide; i++) c[(first + r) * ldc + j + i] = b[(ptrdiff_t)units * n + j + i];
      }
      for (int strip = 0; strip < units; strip += STRIP) {
        for (int r = 0; r < rows; r++) {
          int end = a->start[first + r + 1];
          if (at[r] == end || a->index[at[r]] >= strip + STRIP) continue;
          float *to = c + (first + r) * ldc + j;
          switch (which) {
#define CALL(nv, part) at[r] = add_strip(a, at[r], end, strip + STRIP, n, b + j, to, mask, nv, part)
            PANELS(CASE)
#undef CALL
          }
        }
      }
    }
  }
}

void ISA(gradient_of_sparse)(const Sparse *a, int k, int n, float alpha, const float *b, ptrdiff_t ldb, float beta,
                             float *c) {
  Target t = {.b = b, .ldb = ldb, .alpha = alpha, .beta = beta, .c = c};
  for (int j = 0; j < n; j += PANEL * LANES) {
    Mask mask;
    int which = variant(n, j, &mask);
    for (int unit = 0; unit <= a->rows; unit++) {
      int ones = unit == a->rows;
      int from = ones ? 0 : a->start[unit];
      int count = ones ? k : a->start[unit + 1] - from;
      if (count == 0) continue;
      const int32_t *index = ones ? NULL : a->index + from;
      switch (which) {
#define CALL(nv, part) write_row(&t, index, a->value + from, count, (ptrdiff_t)unit * n, j, mask, nv, part)
        PANELS(CASE)
#undef CALL
      }
    }
  }
}

static void follow(const float *restrict w, float rate, float *restrict average, long count) {
  for (long i = 0; i < count; i++) average[i] += rate * (w[i] - average[i]);
}

static double sum_of(V v) {
  float lanes[LANES];
  double sum = 0;
  store(lanes, v);
  for (int l = 0; l < LANES; l++) sum += lanes[l];
  return sum;
}

double ISA(descend_sparse)(const Sparse *a, int k, int n, const float *b, ptrdiff_t ldb, float *w, const float *steps,
                           float *average, float rate) {
  Target t = {.b = b, .ldb = ldb, .c = w, .steps = steps, .average = average, .rate = rate};
  double squares = 0;
  int unit = 0;
  while (unit <= a->rows) {
    int blank = unit;
    while (blank < a->rows && a->start[blank] == a->start[blank + 1]) blank++;
    if (average) follow(w + (ptrdiff_t)unit * n, rate, average + (ptrdiff_t)unit * n, (long)(blank - unit) * n);
    unit = blank;
    int ones = unit == a->rows;
    int from = ones ? 0 : a->start[unit];
    int count = ones ? k : a->start[unit + 1] - from;
    const int32_t *index = ones ? NULL : a->index + from;
    V row = splat(0);
    for (int j = 0; j < n; j += PANEL * LANES) {
      Mask mask;
      switch (variant(n, j, &mask)) {
#define CALL(nv, part) \
  row += descend_row(&t, index, a->value + from, count, (ptrdiff_t)unit * n, j, mask, nv, part)
        PANELS(CASE)
#undef CALL
      }
    }
    squares += sum_of(row);
    unit++;
  }
  return squares;
}
