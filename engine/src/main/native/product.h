/* The products there are, by the instructions they use. */
#ifndef ENGRAM_PRODUCT_H
#define ENGRAM_PRODUCT_H

#include <stddef.h>
#include <stdint.h>

/* Channels of a convolution at most. */
#define LONGEST_ROW 4096

/* C [m, n] <- alpha*op(A)*op(B) + beta*C, row-major, op(A) [m, k], op(B) [k, n]. */
#define DECLARE_PRODUCT(name, isa)                                                                             \
  void name##_##isa(int m, int n, int k, float alpha, const float *a, ptrdiff_t lda, const float *b,           \
                    ptrdiff_t ldb, float beta, float *c, ptrdiff_t ldc);

/* Where the taps of a convolution's windows lie in its images: rows [rows, taps] of offsets, below 0 for padding. */
typedef struct {
  const int32_t *offsets;
  int rows;
  int taps;
  int channels;
  int filters;
} Taps;

/*
 * The way back, for those pixels of the images that the same taps meet: where in the gradient [output pixels, filters] the windows
 * lie that reach a pixel by each of these taps, where the taps lie in the filters, and where the pixels in the images.
 */
typedef struct {
  const int32_t *offsets;
  const int32_t *weights;
  const int32_t *pixels;
  int rows;
  int taps;
  int channels;
  int filters;
  int patch;
} BackTaps;

/* Columns of a matrix that are not blank, in runs of neighbours: run i is `column[i + 1] - column[i]` long and belongs to units from unit[i] on. */
typedef struct {
  const int32_t *unit;
  const int32_t *column;
  int count;
} Runs;

/* Columns of a gradient that are computed before they are used: they stay in the first cache. No run crosses a multiple of it. */
#define STRIP 64

#define DECLARE_PRODUCTS(isa)                                                                                       \
  DECLARE_PRODUCT(multiply, isa)                                                                                    \
  DECLARE_PRODUCT(multiply_transposed_a, isa)                                                                       \
  DECLARE_PRODUCT(multiply_transposed_b, isa)                                                                       \
  /* Y [rows, filters] <- patches of X by W [taps, channels, filters] + beta*Y. */                                   \
  void convolve_##isa(const Taps *, const float *x, const float *w, float beta, float *y);                          \
  /* W [filters, taps, channels] <- alpha*transposed gradient by patches of X + beta*W. */                           \
  void convolve_back_to_filters_##isa(const Taps *, float alpha, const float *gradient, const float *x, float beta, \
                                      float *w);                                                                    \
  /* X <- gradient by W [filters, taps, channels], added up where windows overlap, + beta*X. */                      \
  void convolve_back_to_images_##isa(const BackTaps *, const float *gradient, const float *w, float beta, float *x); \
  /* C [m, n] <- A [m, columns] by those rows of B [units, n] that belong to the columns. */                             \
  void multiply_runs_##isa(const Runs *, int m, int n, const float *a, ptrdiff_t lda, const float *b, float *c,          \
                           ptrdiff_t ldc);                                                                          \
  /* Those rows of C [units, n] that belong to columns <- alpha*(transposed A [k, columns])*B [k, n] + beta*C. */        \
  void gradient_of_runs_##isa(const Runs *, int k, int n, float alpha, const float *a, ptrdiff_t lda, const float *b,    \
                              ptrdiff_t ldb, float beta, float *c);                                                 \
  /* With that gradient G: w <- w - steps*G, element by element; average, unless NULL, <- average + rate*(w - average), up to the \
     last run. Returns the sum of squares of G. `strip` has room for STRIP rows. */                                  \
  double descend_runs_##isa(const Runs *, int k, int n, const float *a, ptrdiff_t lda, const float *b, ptrdiff_t ldb,    \
                            float *strip, float *w, const float *steps, float *average, float rate);                \
  /* [rows, columns] -> [columns, rows]. */                                                                          \
  void transpose_##isa(const float *x, int rows, int columns, float *y);

DECLARE_PRODUCTS(avx2)
DECLARE_PRODUCTS(avx512)
DECLARE_PRODUCTS(neon)

#endif
