/* The natives of io.engram.engine.fused.Simd: chosen for the processor when the library is loaded. Pointers come as numbers. */
#include <jni.h>
#include <string.h>

#include "columns.h"
#include "product.h"
#include "sparse.h"

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_io_engram_engine_fused_Simd_##name
#define FLOATS(address) ((float *)(uintptr_t)(address))
#define INTS(address) ((int32_t *)(uintptr_t)(address))

#define KERNELS(X)                                                                                                \
  X(multiply) X(multiply_transposed_a) X(multiply_transposed_b) X(convolve) X(convolve_back_to_filters)          \
  X(convolve_back_to_images) X(transpose) X(multiply_runs) X(gradient_of_runs) X(descend_runs) X(multiply_sparse) X(gradient_of_sparse) X(descend_sparse) X(column_sums) X(column_deviations) X(standardise) X(combine)          \
  X(rectify) X(gate) X(sum_of_squares)

#if defined(__x86_64__)
#define FIRST(name) __typeof__(&name##_avx2)
#elif defined(__aarch64__)
#define FIRST(name) __typeof__(&name##_neon)
#endif

#define FIELD(name) FIRST(name) name;
typedef struct {
  KERNELS(FIELD)
} Kernels;

#if defined(__x86_64__)
#define AVX2(name) name##_avx2,
#define AVX512(name) name##_avx512,
static const Kernels avx2 = {KERNELS(AVX2)};
static const Kernels avx512 = {KERNELS(AVX512)};
#else
#define NEON(name) name##_neon,
static const Kernels neon = {KERNELS(NEON)};
#endif

static Kernels kernels;

/* Takes the named kernels, if the processor and the operating system know their instructions. */
static int take(const char *name) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (!strcmp(name, "avx512") && has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")) {
    kernels = avx512;
    return 1;
  }
  if (!strcmp(name, "avx2") && has_avx2) {
    kernels = avx2;
    return 1;
  }
#else
  if (!strcmp(name, "neon")) {
    kernels = neon;
    return 1;
  }
#endif
  return 0;
}

NATIVE(jboolean, take)(JNIEnv *env, jclass type, jstring name) {
  (void)type;
  char text[16] = {0};
  if ((*env)->GetStringLength(env, name) >= (jsize)sizeof text) return JNI_FALSE;
  (*env)->GetStringUTFRegion(env, name, 0, (*env)->GetStringLength(env, name), text);
  return take(text) ? JNI_TRUE : JNI_FALSE;
}

#define PRODUCT(java, name)                                                                                          \
  NATIVE(void, java)(JNIEnv *env, jclass type, jint m, jint n, jint k, jfloat alpha, jlong a, jint lda, jlong b,     \
                     jint ldb, jfloat beta, jlong c, jint ldc) {                                                     \
    (void)env;                                                                                                       \
    (void)type;                                                                                                      \
    kernels.name(m, n, k, alpha, FLOATS(a), lda, FLOATS(b), ldb, beta, FLOATS(c), ldc);                              \
  }

PRODUCT(multiply, multiply)
PRODUCT(multiplyTransposedA, multiply_transposed_a)
PRODUCT(multiplyTransposedB, multiply_transposed_b)

NATIVE(void, convolve)(JNIEnv *env, jclass type, jlong offsets, jint rows, jint taps, jint channels, jint filters,
                       jlong x, jlong w, jfloat beta, jlong y) {
  (void)env;
  (void)type;
  Taps t = {INTS(offsets), rows, taps, channels, filters};
  kernels.convolve(&t, FLOATS(x), FLOATS(w), beta, FLOATS(y));
}

NATIVE(void, convolveBackToFilters)(JNIEnv *env, jclass type, jlong offsets, jint rows, jint taps, jint channels,
                                    jint filters, jfloat alpha, jlong gradient, jlong x, jfloat beta, jlong w) {
  (void)env;
  (void)type;
  Taps t = {INTS(offsets), rows, taps, channels, filters};
  kernels.convolve_back_to_filters(&t, alpha, FLOATS(gradient), FLOATS(x), beta, FLOATS(w));
}

NATIVE(void, convolveBackToImages)(JNIEnv *env, jclass type, jlong offsets, jlong weights, jlong pixels, jint rows,
                                   jint taps, jint channels, jint filters, jint patch, jlong gradient, jlong w,
                                   jfloat beta, jlong x) {
  (void)env;
  (void)type;
  BackTaps t = {INTS(offsets), INTS(weights), INTS(pixels), rows, taps, channels, filters, patch};
  kernels.convolve_back_to_images(&t, FLOATS(gradient), FLOATS(w), beta, FLOATS(x));
}

NATIVE(void, transpose)(JNIEnv *env, jclass type, jlong x, jint rows, jint columns, jlong y) {
  (void)env;
  (void)type;
  kernels.transpose(FLOATS(x), rows, columns, FLOATS(y));
}

NATIVE(void, columnSums)(JNIEnv *env, jclass type, jlong x, jlong y, jint rows, jint width, jdoubleArray sums,
                         jdoubleArray products) {
  (void)type;
  double sum[COLUMNS];
  double product[COLUMNS];
  for (int from = 0; from < width; from += COLUMNS) {
    int columns = width - from < COLUMNS ? width - from : COLUMNS;
    kernels.column_sums(FLOATS(x) + from, y ? FLOATS(y) + from : NULL, rows, width, columns, sum, product);
    if (sums) (*env)->SetDoubleArrayRegion(env, sums, from, columns, sum);
    if (y) (*env)->SetDoubleArrayRegion(env, products, from, columns, product);
  }
}

NATIVE(void, columnDeviations)(JNIEnv *env, jclass type, jlong x, jlong m, jint rows, jint width, jdoubleArray out) {
  (void)type;
  double sum[COLUMNS];
  for (int from = 0; from < width; from += COLUMNS) {
    int columns = width - from < COLUMNS ? width - from : COLUMNS;
    kernels.column_deviations(FLOATS(x) + from, FLOATS(m) + from, rows, width, columns, sum);
    (*env)->SetDoubleArrayRegion(env, out, from, columns, sum);
  }
}

NATIVE(void, standardise)(JNIEnv *env, jclass type, jlong x, jlong m, jlong s, jlong a, jlong b, jint rows, jint width,
                          jlong normal, jlong out) {
  (void)env;
  (void)type;
  kernels.standardise(FLOATS(x), FLOATS(m), FLOATS(s), FLOATS(a), FLOATS(b), rows, width, FLOATS(normal), FLOATS(out));
}

NATIVE(void, combine)(JNIEnv *env, jclass type, jlong x, jlong a, jlong y, jlong b, jlong d, jint rows, jint width,
                      jboolean add, jlong out) {
  (void)env;
  (void)type;
  kernels.combine(FLOATS(x), FLOATS(a), FLOATS(y), FLOATS(b), FLOATS(d), rows, width, add, FLOATS(out));
}

NATIVE(void, rectify)(JNIEnv *env, jclass type, jlong x, jfloat slope, jlong count, jlong y) {
  (void)env;
  (void)type;
  kernels.rectify(FLOATS(x), slope, count, FLOATS(y));
}

NATIVE(void, gate)(JNIEnv *env, jclass type, jlong y, jfloat slope, jlong g, jlong count, jlong out) {
  (void)env;
  (void)type;
  kernels.gate(FLOATS(y), slope, FLOATS(g), count, FLOATS(out));
}

NATIVE(jdouble, sumOfSquares)(JNIEnv *env, jclass type, jlong x, jlong count) {
  (void)env;
  (void)type;
  return kernels.sum_of_squares(FLOATS(x), count);
}

/*
 * The weights of streams lie in arrays of Java. While they are held here the collector waits, so nothing else may happen in between; a
 * call takes some ten microseconds.
 */
#define HOLD(array) (*env)->GetPrimitiveArrayCritical(env, array, NULL)
#define RELEASE(array, held, mode) (*env)->ReleasePrimitiveArrayCritical(env, array, held, mode)

NATIVE(void, multiplyRuns)(JNIEnv *env, jclass type, jintArray units, jintArray columns, jint count, jint m, jint n,
                           jlong a, jint lda, jfloatArray w, jint start, jlong c, jint ldc) {
  (void)type;
  jint *unit = HOLD(units);
  jint *column = HOLD(columns);
  float *weights = HOLD(w);
  Runs runs = {unit, column, count};
  kernels.multiply_runs(&runs, m, n, FLOATS(a), lda, weights + start, FLOATS(c), ldc);
  RELEASE(w, weights, JNI_ABORT);
  RELEASE(columns, column, JNI_ABORT);
  RELEASE(units, unit, JNI_ABORT);
}

NATIVE(void, multiplyByRows)(JNIEnv *env, jclass type, jint m, jint n, jint k, jlong a, jint lda, jfloatArray w,
                             jint start, jlong c, jint ldc) {
  (void)type;
  float *weights = HOLD(w);
  kernels.multiply_transposed_b(m, n, k, 1, FLOATS(a), lda, weights + start, k, 0, FLOATS(c), ldc);
  RELEASE(w, weights, JNI_ABORT);
}

NATIVE(void, gradientOfRuns)(JNIEnv *env, jclass type, jintArray units, jintArray columns, jint count, jint k, jint n,
                             jfloat alpha, jlong a, jint lda, jlong b, jint ldb, jfloat beta, jfloatArray c, jint start) {
  (void)type;
  jint *unit = HOLD(units);
  jint *column = HOLD(columns);
  float *target = HOLD(c);
  Runs runs = {unit, column, count};
  kernels.gradient_of_runs(&runs, k, n, alpha, FLOATS(a), lda, FLOATS(b), ldb, beta, target + start);
  RELEASE(c, target, 0);
  RELEASE(columns, column, JNI_ABORT);
  RELEASE(units, unit, JNI_ABORT);
}

NATIVE(jdouble, descendRuns)(JNIEnv *env, jclass type, jintArray units, jintArray columns, jint count, jint k, jint n,
                             jlong a, jint lda, jlong b, jint ldb, jlong strip, jfloatArray w, jfloatArray steps,
                             jfloatArray average, jint start, jfloat rate) {
  (void)type;
  jint *unit = HOLD(units);
  jint *column = HOLD(columns);
  float *weights = HOLD(w);
  float *step = HOLD(steps);
  float *averages = average ? HOLD(average) : NULL;
  Runs runs = {unit, column, count};
  double squares = kernels.descend_runs(&runs, k, n, FLOATS(a), lda, FLOATS(b), ldb, FLOATS(strip), weights + start,
                                        step + start, averages ? averages + start : NULL, rate);
  if (averages) RELEASE(average, averages, 0);
  RELEASE(steps, step, JNI_ABORT);
  RELEASE(w, weights, 0);
  RELEASE(columns, column, JNI_ABORT);
  RELEASE(units, unit, JNI_ABORT);
  return squares;
}

void transpose_sparse(const Sparse *by_rows, int columns, int32_t *start, int32_t *index, float *value,
                      int32_t *filled) {
  memset(filled, 0, columns * sizeof *filled);
  for (int i = by_rows->start[0]; i < by_rows->start[by_rows->rows]; i++) filled[by_rows->index[i]]++;
  start[0] = 0;
  for (int c = 0; c < columns; c++) {
    start[c + 1] = start[c] + filled[c];
    filled[c] = start[c];
  }
  for (int row = 0; row < by_rows->rows; row++) {
    for (int i = by_rows->start[row]; i < by_rows->start[row + 1]; i++) {
      int to = filled[by_rows->index[i]]++;
      index[to] = row;
      value[to] = by_rows->value[i];
    }
  }
  for (int c = 0; c < columns; c++) filled[c] -= start[c];
}

NATIVE(void, transposeSparse)(JNIEnv *env, jclass type, jintArray starts, jintArray indices, jfloatArray values,
                              jint rows, jint columns, jintArray to_starts, jintArray to_indices,
                              jfloatArray to_values, jintArray counts) {
  (void)type;
  Sparse from = {HOLD(starts), HOLD(indices), HOLD(values), rows};
  jint *start = HOLD(to_starts);
  jint *index = HOLD(to_indices);
  float *value = HOLD(to_values);
  jint *count = HOLD(counts);
  transpose_sparse(&from, columns, start, index, value, count);
  RELEASE(counts, count, 0);
  RELEASE(to_values, value, 0);
  RELEASE(to_indices, index, 0);
  RELEASE(to_starts, start, 0);
  RELEASE(values, (void *)from.value, JNI_ABORT);
  RELEASE(indices, (void *)from.index, JNI_ABORT);
  RELEASE(starts, (void *)from.start, JNI_ABORT);
}

NATIVE(void, multiplySparse)(JNIEnv *env, jclass type, jintArray starts, jintArray indices, jfloatArray values,
                             jint rows, jint units, jint n, jfloatArray w, jint start, jlong c, jint ldc) {
  (void)type;
  Sparse a = {HOLD(starts), HOLD(indices), HOLD(values), rows};
  float *weights = HOLD(w);
  kernels.multiply_sparse(&a, units, n, weights + start, FLOATS(c), ldc);
  RELEASE(w, weights, JNI_ABORT);
  RELEASE(values, (void *)a.value, JNI_ABORT);
  RELEASE(indices, (void *)a.index, JNI_ABORT);
  RELEASE(starts, (void *)a.start, JNI_ABORT);
}

NATIVE(void, gradientOfSparse)(JNIEnv *env, jclass type, jintArray starts, jintArray indices, jfloatArray values,
                               jint units, jint k, jint n, jfloat alpha, jlong b, jint ldb, jfloat beta, jfloatArray c,
                               jint start) {
  (void)type;
  Sparse a = {HOLD(starts), HOLD(indices), HOLD(values), units};
  float *target = HOLD(c);
  kernels.gradient_of_sparse(&a, k, n, alpha, FLOATS(b), ldb, beta, target + start);
  RELEASE(c, target, 0);
  RELEASE(values, (void *)a.value, JNI_ABORT);
  RELEASE(indices, (void *)a.index, JNI_ABORT);
  RELEASE(starts, (void *)a.start, JNI_ABORT);
}

NATIVE(jdouble, descendSparse)(JNIEnv *env, jclass type, jintArray starts, jintArray indices, jfloatArray values,
                               jint units, jint k, jint n, jlong b, jint ldb, jfloatArray w, jfloatArray steps,
                               jfloatArray average, jint start, jfloat rate) {
  (void)type;
  Sparse a = {HOLD(starts), HOLD(indices), HOLD(values), units};
  float *weights = HOLD(w);
  float *step = HOLD(steps);
  float *averages = average ? HOLD(average) : NULL;
  double squares = kernels.descend_sparse(&a, k, n, FLOATS(b), ldb, weights + start, step + start,
                                          averages ? averages + start : NULL, rate);
  if (averages) RELEASE(average, averages, 0);
  RELEASE(steps, step, JNI_ABORT);
  RELEASE(w, weights, 0);
  RELEASE(values, (void *)a.value, JNI_ABORT);
  RELEASE(indices, (void *)a.index, JNI_ABORT);
  RELEASE(starts, (void *)a.start, JNI_ABORT);
  return squares;
}
