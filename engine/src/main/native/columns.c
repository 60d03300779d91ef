/* Loops that the compiler vectorises for each set of instructions. */
#include "columns.h"

#include "vector.h"

/* Rows added in float before they are joined in double. */
#define CHAIN 32

/* Joins and clears a chain. */
static void join(float *restrict chain, int width, double *restrict out) {
  for (int c = 0; c < width; c++) {
    out[c] += chain[c];
    chain[c] = 0;
  }
}

void ISA(column_sums)(const float *restrict x, const float *restrict y, int rows, int width, int columns,
                      double *restrict sums, double *restrict products) {
  float chain[COLUMNS] = {0};
  float product_chain[COLUMNS] = {0};
  for (int c = 0; c < columns; c++) {
    sums[c] = 0;
    products[c] = 0;
  }
  for (int row = 0; row < rows; row += CHAIN) {
    int end = rows - row < CHAIN ? rows : row + CHAIN;
    for (int r = row; r < end; r++) {
      const float *restrict xr = x + (ptrdiff_t)r * width;
      if (!y) {
        for (int c = 0; c < columns; c++) chain[c] += xr[c];
      } else {
        const float *restrict yr = y + (ptrdiff_t)r * width;
        for (int c = 0; c < columns; c++) {
          chain[c] += xr[c];
          product_chain[c] += xr[c] * yr[c];
        }
      }
    }
    join(chain, columns, sums);
    if (y) join(product_chain, columns, products);
  }
}

void ISA(column_deviations)(const float *restrict x, const float *restrict m, int rows, int width, int columns,
                            double *restrict out) {
  float chain[COLUMNS] = {0};
  for (int c = 0; c < columns; c++) out[c] = 0;
  for (int row = 0; row < rows; row += CHAIN) {
    int end = rows - row < CHAIN ? rows : row + CHAIN;
    for (int r = row; r < end; r++) {
      const float *restrict xr = x + (ptrdiff_t)r * width;
      for (int c = 0; c < columns; c++) {
        float deviation = xr[c] - m[c];
        chain[c] += deviation * deviation;
      }
    }
    join(chain, columns, out);
  }
}

void ISA(standardise)(const float *restrict x, const float *restrict m, const float *restrict s,
                      const float *restrict a, const float *restrict b, int rows, int width, float *restrict normal,
                      float *restrict out) {
  for (ptrdiff_t r = 0; r < rows; r++) {
    for (int c = 0; c < width; c++) {
      float value = (x[r * width + c] - m[c]) * s[c];
      normal[r * width + c] = value;
      out[r * width + c] = a[c] * value + b[c];
    }
  }
}

/* Here out may be x or y: each element is read before it is written. */
void ISA(combine)(const float *x, const float *a, const float *y, const float *b, const float *d, int rows, int width,
                  int add, float *out) {
  for (ptrdiff_t r = 0; r < rows; r++) {
    const float *xr = x + r * width;
    const float *yr = y ? y + r * width : xr;
    float *to = out + r * width;
#pragma GCC ivdep
    for (int c = 0; c < width; c++) {
      float value = a ? a[c] * xr[c] : xr[c];
      if (y) value += b[c] * yr[c];
      if (d) value += d[c];
      to[c] = add ? to[c] + value : value;
    }
  }
}

void ISA(rectify)(const float *x, float slope, long count, float *y) {
  if (slope == 0) {
#pragma GCC ivdep
    for (long i = 0; i < count; i++) y[i] = x[i] < 0 ? 0 : x[i];
  } else {
#pragma GCC ivdep
    for (long i = 0; i < count; i++) y[i] = x[i] < slope * x[i] ? slope * x[i] : x[i];
  }
}

void ISA(gate)(const float *y, float slope, const float *g, long count, float *out) {
  if (slope == 0) {
#pragma GCC ivdep
    for (long i = 0; i < count; i++) out[i] = y[i] > 0 ? g[i] : 0;
  } else {
#pragma GCC ivdep
    for (long i = 0; i < count; i++) out[i] = y[i] > 0 ? g[i] : slope * g[i];
  }
}

double ISA(sum_of_squares)(const float *x, long count) {
  double sum = 0;
  for (long from = 0; from < count; from += CHAIN * LANES) {
    long end = count - from < CHAIN * LANES ? count : from + CHAIN * LANES;
    float chain[LANES] = {0};
    long i = from;
    for (; i + LANES <= end; i += LANES) {
      for (int l = 0; l < LANES; l++) chain[l] += x[i + l] * x[i + l];
    }
    for (; i < end; i++) chain[0] += x[i] * x[i];
    for (int l = 0; l < LANES; l++) sum += chain[l];
  }
  return sum;
}
