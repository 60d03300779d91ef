/* Products of matrices, compiled once for each set of instructions. The order of additions follows from the shapes alone. */
#include "product.h"

#include "columns.h"
#include "tile.h"

typedef void (*Tile)(const Product *, ptrdiff_t row, ptrdiff_t j, int count);

#define ROWS_TILE(g, r, j, c, mr, nv, part) tile_by_rows(g, r, j, c, mr, nv, part)
#define COLUMNS_TILE(g, r, j, c, mr, nv, part) tile_by_columns(g, r, j, c, mr, nv, part, 0)
#define TABLE_TILE(g, r, j, c, mr, nv, part) tile_by_columns(g, r, j, c, mr, nv, part, 1)

#define TILE(kind, mr, nv)                                                                          \
  static void kind##_##mr##_##nv(const Product *g, ptrdiff_t r, ptrdiff_t j, int c) {               \
    kind(g, r, j, c, mr, nv, 0);                                                                    \
  }                                                                                                 \
  static void kind##_##mr##_##nv##_part(const Product *g, ptrdiff_t r, ptrdiff_t j, int c) {        \
    kind(g, r, j, c, mr, nv, 1);                                                                    \
  }

/* X(kind, rows, vectors) for every size of tile. */
#if ROWS_2 == 12
#define SIZES_2(X, kind) \
  X(kind, 1, 2) X(kind, 2, 2) X(kind, 3, 2) X(kind, 4, 2) X(kind, 5, 2) X(kind, 6, 2) X(kind, 7, 2) \
  X(kind, 8, 2) X(kind, 9, 2) X(kind, 10, 2) X(kind, 11, 2) X(kind, 12, 2)
#define SIZES_3(X, kind) \
  X(kind, 1, 3) X(kind, 2, 3) X(kind, 3, 3) X(kind, 4, 3) X(kind, 5, 3) X(kind, 6, 3) X(kind, 7, 3) \
  X(kind, 8, 3)
#else
#define SIZES_2(X, kind) \
  X(kind, 1, 2) X(kind, 2, 2) X(kind, 3, 2) X(kind, 4, 2) X(kind, 5, 2) X(kind, 6, 2)
#define SIZES_3(X, kind) X(kind, 1, 3) X(kind, 2, 3) X(kind, 3, 3) X(kind, 4, 3)
#endif
#define SIZES_1(X, kind) \
  X(kind, 1, 1) X(kind, 2, 1) X(kind, 3, 1) X(kind, 4, 1) X(kind, 5, 1) X(kind, 6, 1) X(kind, 7, 1) \
  X(kind, 8, 1) X(kind, 9, 1) X(kind, 10, 1) X(kind, 11, 1) X(kind, 12, 1)

#define EACH_SIZE(X, kind) SIZES_1(X, kind) SIZES_2(X, kind) SIZES_3(X, kind)

EACH_SIZE(TILE, ROWS_TILE)
EACH_SIZE(TILE, COLUMNS_TILE)
EACH_SIZE(TILE, TABLE_TILE)

#define ENTRY(kind, mr, nv) [nv - 1][mr - 1] = {kind##_##mr##_##nv, kind##_##mr##_##nv##_part},

/* [vectors - 1][rows - 1][whether the last vector is cut short] */
static const Tile by_rows[3][12][2] = {EACH_SIZE(ENTRY, ROWS_TILE)};
static const Tile by_columns[3][12][2] = {EACH_SIZE(ENTRY, COLUMNS_TILE)};
static const Tile by_table[3][12][2] = {EACH_SIZE(ENTRY, TABLE_TILE)};

static const int most_rows[3] = {ROWS_1, ROWS_2, ROWS_3};

/* A row of padding. */
static const float zeros[LONGEST_ROW + 3 * LANES] __attribute__((aligned(64)));

/* All rows of C by the columns from j on that one tile has; returns their number. Rows are shared out evenly among tiles. */
static int column_of_tiles(const Tile tiles[3][12][2], const Product *g, int m, int n, int j) {
  int vectors = (n - j + LANES - 1) / LANES;
  int nv = vectors == 3 ? 3 : vectors < 2 ? 1 : 2;
  int width = n - j < nv * LANES ? n - j : nv * LANES;
  int last = width - (nv - 1) * LANES;
  int most = most_rows[nv - 1];
  int left = m;
  for (int blocks = (m + most - 1) / most; blocks > 0; blocks--) {
    int rows = (left + blocks - 1) / blocks;
    tiles[nv - 1][rows - 1][last < LANES](g, m - left, j, last);
    left -= rows;
  }
  return width;
}

/* Depth at a time where rows of A are read: a tile's part of B then stays in the first cache. */
#define DEPTH 256

/* Rows of B that are further apart than this, and a power of two in the worst case, share few lines of the first cache. */
#define FAR_APART 512

/* With fewer rows of A a copy of B's panel is not used often enough. */
#define MANY_ROWS 32

/* The same with a copy of the columns of B, [depth, width], that lies in one piece. */
static int column_of_tiles_packed(const Tile tiles[3][12][2], const Product *g, int m, int n, int j) {
  float panel[DEPTH * 3 * LANES] __attribute__((aligned(64)));
  int width = n - j < 3 * LANES ? n - j : 2 * LANES;
  for (int p = 0; p < g->depth; p++) {
    for (int i = 0; i < width; i++) panel[p * 3 * LANES + i] = g->b[p * g->ldb + j + i];
  }
  Product packed = *g;
  packed.b = panel;
  packed.ldb = 3 * LANES;
  packed.c = g->c + j;
  for (int i = 0; i < width;) {
    i += column_of_tiles(tiles, &packed, m, width, i);
  }
  return width;
}

static void all_tiles(const Tile tiles[3][12][2], const Product *g, int m, int n) {
  int packed = m >= MANY_ROWS && g->ldb >= FAR_APART && g->depth <= DEPTH && !g->b_table && !g->b_segment;
  for (int j = 0; j < n;) {
    j += packed && g->segments == 1 ? column_of_tiles_packed(tiles, g, m, n, j) : column_of_tiles(tiles, g, m, n, j);
  }
}

void ISA(multiply)(int m, int n, int k, float alpha, const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb,
                   float beta, float *c, ptrdiff_t ldc) {
  for (int p = 0; p < k || p == 0; p += DEPTH) {
    Product g = {.a = a + p, .lda = lda, .b = b + p * ldb, .ldb = ldb, .c = c, .ldc = ldc, .segments = 1,
                 .depth = k - p < DEPTH ? k - p : DEPTH, .alpha = alpha, .beta = p == 0 ? beta : 1};
    all_tiles(by_rows, &g, m, n);
  }
}

/* Depth at a time where columns of A are read, for all columns of B. */
#define COLUMN_DEPTH 128

void ISA(multiply_transposed_a)(int m, int n, int k, float alpha, const float *a, ptrdiff_t lda, const float *b,
                                ptrdiff_t ldb, float beta, float *c, ptrdiff_t ldc) {
  for (int p = 0; p < k || p == 0; p += COLUMN_DEPTH) {
    Product g = {.a = a + p * lda, .lda = lda, .b = b + p * ldb, .ldb = ldb, .c = c, .ldc = ldc,
                 .depth = k - p < COLUMN_DEPTH ? k - p : COLUMN_DEPTH, .alpha = alpha, .beta = p == 0 ? beta : 1};
    all_tiles(by_columns, &g, m, n);
  }
}

#include "dot.h"
#include "transpose.h"

void ISA(multiply_transposed_b)(int m, int n, int k, float alpha, const float *a, ptrdiff_t lda, const float *b,
                                ptrdiff_t ldb, float beta, float *c, ptrdiff_t ldc) {
  if (dot_pays(m, n, k)) {
    multiply_by_dots(m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    return;
  }
  float panel[DEPTH * 3 * LANES] __attribute__((aligned(64)));
  for (int p = 0; p < k || p == 0; p += DEPTH) {
    int depth = k - p < DEPTH ? k - p : DEPTH;
    for (int j = 0; j < n;) {
      int vectors = (n - j + LANES - 1) / LANES;
      int nv = vectors == 3 ? 3 : vectors < 2 ? 1 : 2;
      int width = n - j < nv * LANES ? n - j : nv * LANES;
      transpose(b + j * ldb + p, ldb, width, depth, panel, nv * LANES);
      Product g = {.a = a + p, .lda = lda, .b = panel, .ldb = nv * LANES, .c = c + j, .ldc = ldc, .segments = 1,
                   .depth = depth, .alpha = alpha, .beta = p == 0 ? beta : 1};
      column_of_tiles(by_rows, &g, m, width, 0);
      j += width;
    }
  }
}

void ISA(convolve)(const Taps *t, const float *x, const float *w, float beta, float *y) {
  int group = DEPTH / t->channels > 0 ? DEPTH / t->channels : 1;
  for (int tap = 0; tap < t->taps; tap += group) {
    Product g = {.a = x, .a_table = t->offsets + tap, .a_step = t->taps, .zeros = zeros,
                 .segments = t->taps - tap < group ? t->taps - tap : group, .depth = t->channels,
                 .b = w + (ptrdiff_t)tap * t->channels * t->filters, .ldb = t->filters,
                 .c = y, .ldc = t->filters, .alpha = 1, .beta = tap == 0 ? beta : 1};
    all_tiles(by_rows, &g, t->rows, t->filters);
  }
}

void ISA(convolve_back_to_filters)(const Taps *t, float alpha, const float *gradient, const float *x, float beta,
                                   float *w) {
  ptrdiff_t patch = (ptrdiff_t)t->taps * t->channels;
  for (int p = 0; p < t->rows || p == 0; p += COLUMN_DEPTH) {
    for (int tap = 0; tap < t->taps; tap++) {
      Product g = {.a = gradient + (ptrdiff_t)p * t->filters, .lda = t->filters,
                   .b = x, .b_table = t->offsets + (ptrdiff_t)p * t->taps + tap, .b_step = t->taps, .zeros = zeros,
                   .depth = t->rows - p < COLUMN_DEPTH ? t->rows - p : COLUMN_DEPTH,
                   .c = w + (ptrdiff_t)tap * t->channels, .ldc = patch, .alpha = alpha, .beta = p == 0 ? beta : 1};
      all_tiles(by_table, &g, t->filters, t->channels);
    }
  }
}

void ISA(convolve_back_to_images)(const BackTaps *t, const float *gradient, const float *w, float beta, float *x) {
  int group = DEPTH / t->filters > 0 ? DEPTH / t->filters : 1;
  for (int tap = 0; tap < t->taps || tap == 0; tap += group) {
    Product g = {.a = gradient, .a_table = t->offsets + tap, .a_step = t->taps, .zeros = zeros,
                 .segments = t->taps - tap < group ? t->taps - tap : group, .depth = t->filters,
                 .b = w, .b_segment = t->weights + tap, .ldb = t->patch,
                 .c = x, .c_table = t->pixels, .alpha = 1, .beta = tap == 0 ? beta : 1};
    all_tiles(by_rows, &g, t->rows, t->channels);
  }
}

void ISA(transpose)(const float *x, int rows, int columns, float *y) { transpose(x, columns, rows, columns, y, rows); }

/* Pieces of runs at a time. */
#define PIECES 64

void ISA(multiply_runs)(const Runs *r, int m, int n, const float *a, ptrdiff_t lda, const float *b, float *c,
                        ptrdiff_t ldc) {
  int32_t from[PIECES];
  int32_t to[PIECES];
  int32_t depths[PIECES];
  float beta = 0;
  int done = 0;
  for (int run = 0; run < r->count;) {
    int pieces = 0;
    for (int depth = 0; run < r->count && pieces < PIECES && depth < DEPTH; pieces++) {
      int left = r->column[run + 1] - r->column[run] - done;
      int taken = left < DEPTH - depth ? left : DEPTH - depth;
      from[pieces] = r->column[run] + done;
      to[pieces] = (r->unit[run] + done) * n;
      depths[pieces] = taken;
      depth += taken;
      done = taken == left ? 0 : done + taken;
      run += taken == left;
    }
    Product g = {.a = a, .lda = lda, .a_segment = from, .b = b, .ldb = n, .b_segment = to, .depths = depths,
                 .segments = pieces, .c = c, .ldc = ldc, .alpha = 1, .beta = beta};
    all_tiles(by_rows, &g, m, n);
    beta = 1;
  }
}

void ISA(gradient_of_runs)(const Runs *r, int k, int n, float alpha, const float *a, ptrdiff_t lda, const float *b,
                           ptrdiff_t ldb, float beta, float *c) {
  int32_t rows[STRIP];
  for (int run = 0; run < r->count;) {
    int column = r->column[run];
    int width = 0;
    for (; run < r->count && r->column[run + 1] - column <= STRIP; run++) {
      for (int i = 0; i < r->column[run + 1] - r->column[run]; i++) rows[width++] = (r->unit[run] + i) * n;
    }
    for (int p = 0; p < k; p += COLUMN_DEPTH) {
      Product g = {.a = a + p * lda + column, .lda = lda, .b = b + p * ldb, .ldb = ldb, .c = c, .c_table = rows,
                   .depth = k - p < COLUMN_DEPTH ? k - p : COLUMN_DEPTH, .alpha = alpha, .beta = p == 0 ? beta : 1};
      all_tiles(by_columns, &g, width, n);
    }
  }
}

/* Each operation is rounded, as in Java: what is done to weights in one pass is what the passes one by one would do. */
static void move(const float *restrict steps, const float *restrict g, float *restrict w, long count) {
  for (long i = 0; i < count; i++) w[i] -= steps[i] * g[i];
}

static void follow(const float *restrict w, float rate, float *restrict average, long count) {
  for (long i = 0; i < count; i++) average[i] += rate * (w[i] - average[i]);
}

static void move_and_follow(const float *restrict steps, const float *restrict g, float *restrict w, float rate,
                            float *restrict average, long count) {
  for (long i = 0; i < count; i++) {
    float moved = w[i] - steps[i] * g[i];
    w[i] = moved;
    average[i] += rate * (moved - average[i]);
  }
}

double ISA(descend_runs)(const Runs *r, int k, int n, const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb,
                         float *strip, float *w, const float *steps, float *average, float rate) {
  double squares = 0;
  long done = 0;
  for (int run = 0; run < r->count;) {
    int column = r->column[run];
    int last = run;
    while (last < r->count && r->column[last + 1] - column <= STRIP) last++;
    int width = r->column[last] - column;
    ISA(multiply_transposed_a)(width, n, k, 1, a + column, lda, b, ldb, 0, strip, n);
    squares += ISA(sum_of_squares)(strip, (long)width * n);
    for (; run < last; run++) {
      const float *g = strip + (ptrdiff_t)(r->column[run] - column) * n;
      long at = (long)r->unit[run] * n;
      long count = (long)(r->column[run + 1] - r->column[run]) * n;
      if (average) {
        follow(w + done, rate, average + done, at - done);
        move_and_follow(steps + at, g, w + at, rate, average + at, count);
        done = at + count;
      } else {
        move(steps + at, g, w + at, count);
      }
    }
  }
  return squares;
}
