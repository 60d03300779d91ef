/*
 * Arithmetic on the columns of row-major matrices [rows, width]: sums over rows, maps whose coefficients differ by column; and the
 * rectifier. Sums are formed in short chains of floats that are joined in double.
 */
#ifndef ENGRAM_COLUMNS_H
#define ENGRAM_COLUMNS_H

/* Columns that are summed at a time, at most. */
#define COLUMNS 256

#define DECLARE_COLUMNS(isa)                                                                                            \
  /* The first `columns` of `width`: sums[c] = sum of x[r, c], and if y is not NULL products[c] = sum of x[r, c]*y[r, c]. */ \
  void column_sums_##isa(const float *x, const float *y, int rows, int width, int columns, double *sums,                \
                         double *products);                                                                             \
  /* The same of (x[r, c] - m[c])^2. */                                                                                 \
  void column_deviations_##isa(const float *x, const float *m, int rows, int width, int columns, double *out);          \
  /* normal = (x - m)*s, out = a*normal + b. */                                                                          \
  void standardise_##isa(const float *x, const float *m, const float *s, const float *a, const float *b, int rows,      \
                         int width, float *normal, float *out);                                                         \
  /* out = a*x + b*y + d; y with b, and d, may be NULL; with `add`, out += that. */                                      \
  void combine_##isa(const float *x, const float *a, const float *y, const float *b, const float *d, int rows,          \
                     int width, int add, float *out);                                                                   \
  /* y = max(x, slope*x); NaN stays. */                                                                                 \
  void rectify_##isa(const float *x, float slope, long count, float *y);                                                \
  /* out = g where y > 0, else slope*g. */                                                                              \
  void gate_##isa(const float *y, float slope, const float *g, long count, float *out);                                 \
  double sum_of_squares_##isa(const float *x, long count);

DECLARE_COLUMNS(avx2)
DECLARE_COLUMNS(avx512)
DECLARE_COLUMNS(neon)

#endif
