/* Products with rows most of whose elements are zero, as drawings are: only the others are multiplied. */
#ifndef ENGRAM_SPARSE_H
#define ENGRAM_SPARSE_H

#include <stddef.h>
#include <stdint.h>

/* A matrix by rows: those elements of row i that are not zero stand from start[i] to start[i + 1], by ascending index. */
typedef struct {
  const int32_t *start;
  const int32_t *index;
  const float *value;
  int rows;
} Sparse;

#define DECLARE_SPARSE(isa)                                                                                            \
  /* C [rows, n] <- A by B [units, n], plus row `units` of B. */                                                        \
  void multiply_sparse_##isa(const Sparse *, int units, int n, const float *b, float *c, ptrdiff_t ldc);                 \
  /* A has a row for each unit. Rows of C [units + 1, n] <- alpha*A*B + beta*C where A's are not empty; the last is of   \
     k ones. */                                                                                                         \
  void gradient_of_sparse_##isa(const Sparse *, int k, int n, float alpha, const float *b, ptrdiff_t ldb, float beta,    \
                                float *c);                                                                              \
  /* With that gradient G: w <- w - steps*G, element by element; average, unless NULL, <- average + rate*(w - average), \
     in all rows. Returns the sum of squares of G. */                                                                   \
  double descend_sparse_##isa(const Sparse *, int k, int n, const float *b, ptrdiff_t ldb, float *w, const float *steps, \
                              float *average, float rate);

DECLARE_SPARSE(avx2)
DECLARE_SPARSE(avx512)
DECLARE_SPARSE(neon)

/* By rows -> by columns. `filled` has room for one number a column, and holds how many elements each has. */
void transpose_sparse(const Sparse *by_rows, int columns, int32_t *start, int32_t *index, float *value,
                      int32_t *filled);

#endif
