// A task of a small dense network from first to last in one block: its weights and activations stay in shared memory for the whole inner
// loop and the way back.
//
// The first layer, which is wide, is in dual form: after K steps on one batch X its weights are W − XᵀD with D = Σ α_k·δ_k, so that X·W
// moves by the Gram matrix alone, X·W ← X·W − α·(XXᵀ)·δ, and neither the weights between nor their gradients ever exist. What is left for
// it are products over all tasks at once (product.cuh): X·W before the loop, XᵀD behind it.
#pragma once

#include "target.cuh"

constexpr int DENSE_THREADS = 128;
constexpr int DENSE_LAYERS = 5;

struct DenseTargets {
  const int* classes;  // [tasks, rows], null for values
  const int* ways;     // [tasks]
  const float* values; // [tasks, rows, width]
};

struct Dense {
  const float* theta;
  const float* gram;        // [tasks, n, n] X·Xᵀ
  const float* first;       // [tasks, n, h] X·W of the first layer at θ, without bias
  const float* cross;       // [tasks, m, n] queries times Xᵀ
  const float* firstQuery;  // [tasks, m, h]
  DenseTargets support;
  DenseTargets query;
  const float* steps;  // [K, layers, 2] step sizes of weights and biases
  float* rest;         // [tasks, parameters without the first layer's weights] contributions
  float* delta;        // [tasks, n, h] what Xᵀ is to be multiplied with
  float* deltaQuery;   // [tasks, m, h] the same of the queries
  float* scratch;      // [tasks, scratchTask] what the way back needs of each step
  long long scratchTask;
  float* loss;     // [tasks]
  int* notFinite;  // [tasks]
  int layers;
  int inputs;
  int width[DENSE_LAYERS];   // outputs of each layer
  int weight[DENSE_LAYERS];  // offsets in θ
  int bias[DENSE_LAYERS];
  int kind[DENSE_LAYERS];  // activation behind each layer, see layers.cuh
  float slope[DENSE_LAYERS];
  int n, m, inner;
  int rule;  // 0 Reptile, 1 first order, 2 exact
  int softmax;
};

// C(row, column) = Σ_k A·B for rows × columns, handed to `done`. A is [rows, depth], or with TA [depth, rows]; B is [depth, columns], or
// with TB [columns, depth]. Each thread has four by four elements, interleaved so that neighbours read neighbours.
template <bool TA, bool TB, class Done>
static __device__ __forceinline__ void multiply(
    int rows, int columns, int depth, const float* a, int lda, const float* b, int ldb, Done done) {
  if (columns < 16) {
    for (int i = threadIdx.x; i < rows * columns; i += DENSE_THREADS) {
      int row = i / columns;
      int column = i % columns;
      float sum = 0.f;
      for (int k = 0; k < depth; k++) {
        sum = fmaf(TA ? a[k * lda + row] : a[row * lda + k], TB ? b[column * ldb + k] : b[k * ldb + column], sum);
      }
      done(row, column, sum);
    }
    return;
  }
  int x = threadIdx.x % 16;
  int y = threadIdx.x / 16;
  for (int top = 0; top < rows; top += 32) {
    for (int left = 0; left < columns; left += 64) {
      float sum[4][4];
      int row[4], column[4];
#pragma unroll
      for (int i = 0; i < 4; i++) {
        // Beyond the edge the last one is read again and what comes of it thrown away.
        row[i] = min(top + y + 8 * i, rows - 1);
        column[i] = min(left + x + 16 * i, columns - 1);
#pragma unroll
        for (int j = 0; j < 4; j++) sum[i][j] = 0.f;
      }
#pragma unroll 4
      for (int k = 0; k < depth; k++) {
        float u[4], v[4];
#pragma unroll
        for (int i = 0; i < 4; i++) {
          u[i] = TA ? a[k * lda + row[i]] : a[row[i] * lda + k];
          v[i] = TB ? b[column[i] * ldb + k] : b[k * ldb + column[i]];
        }
#pragma unroll
        for (int i = 0; i < 4; i++)
#pragma unroll
          for (int j = 0; j < 4; j++) sum[i][j] = fmaf(u[i], v[j], sum[i][j]);
      }
#pragma unroll
      for (int i = 0; i < 4; i++) {
#pragma unroll
        for (int j = 0; j < 4; j++) {
          if (top + y + 8 * i < rows && left + x + 16 * j < columns) done(row[i], column[j], sum[i][j]);
        }
      }
    }
  }
}

// Columns of [rows, columns] summed up, handed to `done`.
template <class Done>
static __device__ __forceinline__ void sumColumns(int rows, int columns, const float* a, int lda, Done done) {
  for (int i = threadIdx.x; i < columns; i += DENSE_THREADS) {
    float sum = 0.f;
    for (int k = 0; k < rows; k++) sum += a[k * lda + i];
    done(i, sum);
  }
}

// Where things lie in shared memory. Rows are one element longer than they need to be, against bank conflicts.
struct DenseRoom {
  float* hidden[DENSE_LAYERS];   // [max(n, m), width] outputs of each layer, behind its activation
  float* error[DENSE_LAYERS];    // [max(n, m), width] in front of it
  float* weight[DENSE_LAYERS];   // [width, width before], but the first
  float* bias[DENSE_LAYERS];
  float* image;                  // [max(n, m), h] X·W of the first layer
  float* moved;                  // [n, h] D, then E
  float* thidden[DENSE_LAYERS];  // the same along the direction of the way back
  float* terror[DENSE_LAYERS];
  float* vweight[DENSE_LAYERS];  // the cotangent
  float* vbias[DENSE_LAYERS];
  float* vimage;                 // [n, h] X·(the cotangent of the first layer's weights)

  __device__ void place(const Dense& p, float* at) {
    int rows = p.m > p.n ? p.m : p.n;
    for (int l = 0; l < p.layers; l++) {
      hidden[l] = take(at, rows * stride(p, l));
      error[l] = take(at, rows * stride(p, l));
      weight[l] = l == 0 ? nullptr : take(at, p.width[l] * stride(p, l - 1));
      bias[l] = take(at, p.width[l]);
    }
    image = take(at, rows * stride(p, 0));
    moved = take(at, p.n * stride(p, 0));
    if (p.rule == 2) {
      for (int l = 0; l < p.layers; l++) {
        thidden[l] = take(at, p.n * stride(p, l));
        terror[l] = take(at, p.n * stride(p, l));
        vweight[l] = l == 0 ? nullptr : take(at, p.width[l] * stride(p, l - 1));
        vbias[l] = take(at, p.width[l]);
      }
      vimage = take(at, p.n * stride(p, 0));
    }
  }

  static __device__ float* take(float*& at, int floats) {
    float* found = at;
    at += floats;
    return found;
  }

  static __device__ int stride(const Dense& p, int layer) { return p.width[layer] + 1; }
};

static __device__ __forceinline__ float bent(const Dense& p, int layer, float z) {
  return p.kind[layer] == 1 ? tanhf(z) : z > 0.f ? z : p.slope[layer] * z;
}

static __device__ __forceinline__ float bend(const Dense& p, int layer, float y) {
  return p.kind[layer] == 1 ? 1.f - y * y : y > 0.f ? 1.f : p.slope[layer];
}

// From the first layer's image to the outputs.
static __device__ void denseForward(const Dense& p, const DenseRoom& r, int rows) {
  int h = p.width[0];
  int hs = h + 1;
  for (int i = threadIdx.x; i < rows * h; i += DENSE_THREADS) {
    int e = i / h;
    int j = i % h;
    r.hidden[0][e * hs + j] = bent(p, 0, r.image[e * hs + j] + r.bias[0][j]);
  }
  __syncthreads();
  for (int l = 1; l < p.layers; l++) {
    int ys = p.width[l] + 1;
    int xs = p.width[l - 1] + 1;
    float* y = r.hidden[l];
    const float* b = r.bias[l];
    multiply<false, true>(rows, p.width[l], p.width[l - 1], r.hidden[l - 1], xs, r.weight[l], xs,
        [&](int e, int j, float sum) { y[e * ys + j] = bent(p, l, sum + b[j]); });
    __syncthreads();
  }
}

// Errors at the outputs; the mean loss to everyone.
static __device__ float denseLoss(const Dense& p, const DenseRoom& r, int rows, const DenseTargets& t, int task) {
  int last = p.layers - 1;
  int width = p.width[last];
  int ys = width + 1;
  const float* outputs = r.hidden[last];
  float* errors = r.error[last];
  float total = 0.f;
  if (p.softmax) {
    int ways = t.ways[task];
    for (int e = threadIdx.x; e < rows; e += DENSE_THREADS) {
      const float* z = outputs + e * ys;
      int target = t.classes[task * rows + e];
      float largest = z[0];
      for (int i = 1; i < ways; i++) largest = fmaxf(largest, z[i]);
      float sum = 0.f;
      for (int i = 0; i < ways; i++) sum += expf(z[i] - largest);
      for (int i = 0; i < width; i++) {
        float share = i < ways ? expf(z[i] - largest) / sum - (i == target ? 1.f : 0.f) : 0.f;
        errors[e * ys + i] = share / rows;
      }
      total += logf(sum) + largest - z[target];
    }
    return blockSum<DENSE_THREADS>(total) / rows;
  }
  float share = 1.f / ((float)rows * width);
  for (int i = threadIdx.x; i < rows * width; i += DENSE_THREADS) {
    int e = i / width;
    int j = i % width;
    float error = outputs[e * ys + j] - t.values[(long long)task * rows * width + i];
    errors[e * ys + j] = 2.f * share * error;
    total += error * error;
  }
  return blockSum<DENSE_THREADS>(total) * share;
}

// Errors of all layers from those of the outputs.
static __device__ void denseErrors(const Dense& p, const DenseRoom& r, int rows) {
  for (int l = p.layers - 1; l > 0; l--) {
    int ys = p.width[l] + 1;
    int xs = p.width[l - 1] + 1;
    float* into = r.error[l - 1];
    const float* y = r.hidden[l - 1];
    multiply<false, false>(rows, p.width[l - 1], p.width[l], r.error[l], ys, r.weight[l], xs,
        [&](int e, int j, float sum) { into[e * xs + j] = sum * bend(p, l - 1, y[e * xs + j]); });
    __syncthreads();
  }
}

// to = keep·to + scale·gradient for all weights but the first layer's, and all biases.
static __device__ void denseGradients(const Dense& p, const DenseRoom& r, int rows, const float* steps, bool keep,
    float* const* weight, float* const* bias) {
  for (int l = 0; l < p.layers; l++) {
    int ys = p.width[l] + 1;
    float byBias = steps ? -steps[2 * l + 1] : 1.f;
    float* b = bias[l];
    sumColumns(rows, p.width[l], r.error[l], ys, [&](int j, float sum) { b[j] = (keep ? b[j] : 0.f) + byBias * sum; });
    if (l > 0) {
      int xs = p.width[l - 1] + 1;
      float byWeight = steps ? -steps[2 * l] : 1.f;
      float* w = weight[l];
      multiply<true, false>(p.width[l], p.width[l - 1], rows, r.error[l], ys, r.hidden[l - 1], xs,
          [&](int o, int i, float sum) { w[o * xs + i] = (keep ? w[o * xs + i] : 0.f) + byWeight * sum; });
    }
  }
  __syncthreads();
}

// What the way back needs of a step: hidden values, errors, and the weights before the step.
template <bool SAVE>
static __device__ void denseKeep(const Dense& p, const DenseRoom& r, float* at) {
  for (int l = 0; l < p.layers; l++) {
    int count = p.n * (p.width[l] + 1);
    for (int i = threadIdx.x; i < count; i += DENSE_THREADS) {
      if (SAVE) {
        at[i] = r.hidden[l][i];
        at[count + i] = r.error[l][i];
      } else {
        r.hidden[l][i] = at[i];
        r.error[l][i] = at[count + i];
      }
    }
    at += 2 * count;
    if (l > 0) {
      int weights = p.width[l] * (p.width[l - 1] + 1);
      for (int i = threadIdx.x; i < weights; i += DENSE_THREADS) {
        if (SAVE) {
          at[i] = r.weight[l][i];
        } else {
          r.weight[l][i] = at[i];
        }
      }
      at += weights;
    }
  }
  __syncthreads();
}

// v ← v − ∇²L(φ_k)·(α∘v), the first layer's part as its image under X and as what Xᵀ will be multiplied with.
static __device__ void denseBack(const Dense& p, const DenseRoom& r, int task, const float* steps) {
  int h = p.width[0];
  int hs = h + 1;
  int last = p.layers - 1;
  for (int i = threadIdx.x; i < p.n * h; i += DENSE_THREADS) {
    int e = i / h;
    int j = i % h;
    float tz = steps[0] * r.vimage[e * hs + j] + steps[1] * r.vbias[0][j];
    r.thidden[0][e * hs + j] = tz * bend(p, 0, r.hidden[0][e * hs + j]);
  }
  __syncthreads();
  for (int l = 1; l < p.layers; l++) {
    int ys = p.width[l] + 1;
    int xs = p.width[l - 1] + 1;
    float* t = r.thidden[l];
    const float* y = r.hidden[l];
    const float* vb = r.vbias[l];
    float byWeight = steps[2 * l], byBias = steps[2 * l + 1];
    multiply<false, true>(p.n, p.width[l], p.width[l - 1], r.thidden[l - 1], xs, r.weight[l], xs,
        [&](int e, int j, float sum) { t[e * ys + j] = sum + byBias * vb[j]; });
    multiply<false, true>(p.n, p.width[l], p.width[l - 1], r.hidden[l - 1], xs, r.vweight[l], xs,
        [&](int e, int j, float sum) { t[e * ys + j] = (t[e * ys + j] + byWeight * sum) * bend(p, l, y[e * ys + j]); });
    __syncthreads();
  }

  int width = p.width[last];
  int zs = width + 1;
  if (p.softmax) {
    // The error is (p − target)/n, so p needs no exponentials again.
    int ways = p.support.ways[task];
    for (int e = threadIdx.x; e < p.n; e += DENSE_THREADS) {
      int target = p.support.classes[task * p.n + e];
      const float* error = r.error[last] + e * zs;
      const float* tz = r.thidden[last] + e * zs;
      float mean = 0.f;
      for (int i = 0; i < ways; i++) mean += (p.n * error[i] + (i == target ? 1.f : 0.f)) * tz[i];
      for (int i = 0; i < width; i++) {
        float share = i < ways ? (p.n * error[i] + (i == target ? 1.f : 0.f)) * (tz[i] - mean) : 0.f;
        r.terror[last][e * zs + i] = share / p.n;
      }
    }
  } else {
    for (int i = threadIdx.x; i < p.n * width; i += DENSE_THREADS) {
      int at = i / width * zs + i % width;
      r.terror[last][at] = 2.f / ((float)p.n * width) * r.thidden[last][at];
    }
  }
  __syncthreads();

  for (int l = last; l > 0; l--) {
    int ys = p.width[l] + 1;
    int xs = p.width[l - 1] + 1;
    float* into = r.terror[l - 1];
    const float* y = r.hidden[l - 1];
    const float* ty = r.thidden[l - 1];
    float byWeight = steps[2 * l];
    bool curved = p.kind[l - 1] == 1;
    if (curved) {
      multiply<false, false>(p.n, p.width[l - 1], p.width[l], r.error[l], ys, r.weight[l], xs,
          [&](int e, int j, float sum) { into[e * xs + j] = -2.f * y[e * xs + j] * ty[e * xs + j] * sum; });
    }
    multiply<false, false>(p.n, p.width[l - 1], p.width[l], r.terror[l], ys, r.weight[l], xs,
        [&](int e, int j, float sum) {
          into[e * xs + j] = (curved ? into[e * xs + j] : 0.f) + sum * bend(p, l - 1, y[e * xs + j]);
        });
    multiply<false, false>(p.n, p.width[l - 1], p.width[l], r.error[l], ys, r.vweight[l], xs,
        [&](int e, int j, float sum) { into[e * xs + j] += byWeight * sum * bend(p, l - 1, y[e * xs + j]); });
    __syncthreads();
  }

  for (int l = 0; l < p.layers; l++) {
    int ys = p.width[l] + 1;
    float* vb = r.vbias[l];
    sumColumns(p.n, p.width[l], r.terror[l], ys, [&](int j, float sum) { vb[j] -= sum; });
    if (l > 0) {
      int xs = p.width[l - 1] + 1;
      float* v = r.vweight[l];
      multiply<true, false>(p.width[l], p.width[l - 1], p.n, r.error[l], ys, r.thidden[l - 1], xs,
          [&](int o, int i, float sum) { v[o * xs + i] -= sum; });
      multiply<true, false>(p.width[l], p.width[l - 1], p.n, r.terror[l], ys, r.hidden[l - 1], xs,
          [&](int o, int i, float sum) { v[o * xs + i] -= sum; });
    }
  }
  float* vimage = r.vimage;
  multiply<false, false>(p.n, h, p.n, p.gram + (long long)task * p.n * p.n, p.n, r.terror[0], hs,
      [&](int e, int j, float sum) { vimage[e * hs + j] -= sum; });
  for (int i = threadIdx.x; i < p.n * hs; i += DENSE_THREADS) r.moved[i] += r.terror[0][i];
  __syncthreads();
}

KERNEL(dense_task, DENSE_THREADS, Dense) {
  DYNAMIC_SHARED(shared);
  int task = blockIdx.x;
  __shared__ DenseRoom r;
  if (threadIdx.x == 0) r.place(p, shared);
  __syncthreads();
  int h = p.width[0];
  int hs = h + 1;
  int last = p.layers - 1;
  const float* gram = p.gram + (long long)task * p.n * p.n;

  for (int l = 0; l < p.layers; l++) {
    for (int i = threadIdx.x; i < p.width[l]; i += DENSE_THREADS) r.bias[l][i] = p.theta[p.bias[l] + i];
    if (l > 0) {
      int in = p.width[l - 1];
      for (int i = threadIdx.x; i < p.width[l] * in; i += DENSE_THREADS) {
        r.weight[l][i / in * (in + 1) + i % in] = p.theta[p.weight[l] + i];
      }
    }
  }
  for (int i = threadIdx.x; i < p.n * hs; i += DENSE_THREADS) {
    int j = i % hs;
    if (j < h) r.image[i] = p.first[((long long)task * p.n + i / hs) * h + j];
    r.moved[i] = 0.f;
  }
  // The way back must not take a number out of the gap at a row's end for one that counts.
  for (int l = 0; l < p.layers; l++) {
    for (int i = threadIdx.x; i < p.n; i += DENSE_THREADS) {
      r.hidden[l][i * (p.width[l] + 1) + p.width[l]] = 0.f;
      r.error[l][i * (p.width[l] + 1) + p.width[l]] = 0.f;
      if (p.rule == 2) r.terror[l][i * (p.width[l] + 1) + p.width[l]] = 0.f;
    }
  }
  __syncthreads();

  float loss = 0.f;
  long long kept = p.inner == 0 ? 0 : p.scratchTask / p.inner;
  for (int k = 0; k < p.inner; k++) {
    const float* steps = p.steps + k * p.layers * 2;
    denseForward(p, r, p.n);
    loss = denseLoss(p, r, p.n, p.support, task);
    __syncthreads();
    denseErrors(p, r, p.n);
    if (p.rule == 2) denseKeep<true>(p, r, p.scratch + task * p.scratchTask + k * kept);
    denseGradients(p, r, p.n, steps, true, r.weight, r.bias);
    float* image = r.image;
    float step = steps[0];
    multiply<false, false>(p.n, h, p.n, gram, p.n, r.error[0], hs,
        [&](int e, int j, float sum) { image[e * hs + j] -= step * sum; });
    for (int i = threadIdx.x; i < p.n * hs; i += DENSE_THREADS) r.moved[i] += step * r.error[0][i];
    __syncthreads();
  }

  if (p.rule != 0) {
    // The queries' image at φ.
    float* image = r.image;
    const float* first = p.firstQuery + (long long)task * p.m * h;
    const float* cross = p.cross + (long long)task * p.m * p.n;
    multiply<false, false>(p.m, h, p.n, cross, p.n, r.moved, hs,
        [&](int e, int j, float sum) { image[e * hs + j] = first[e * h + j] - sum; });
    __syncthreads();
    denseForward(p, r, p.m);
    loss = denseLoss(p, r, p.m, p.query, task);
    __syncthreads();
    denseErrors(p, r, p.m);
    for (int i = threadIdx.x; i < p.m * h; i += DENSE_THREADS) {
      p.deltaQuery[(long long)task * p.m * h + i] = r.error[0][i / h * hs + i % h];
    }
    if (p.rule == 2) {
      denseGradients(p, r, p.m, nullptr, false, r.vweight, r.vbias);
      float* vimage = r.vimage;
      multiply<true, false>(p.n, h, p.m, cross, p.n, r.error[0], hs,
          [&](int e, int j, float sum) { vimage[e * hs + j] = sum; });
      for (int i = threadIdx.x; i < p.n * hs; i += DENSE_THREADS) r.moved[i] = 0.f;
      __syncthreads();
      for (int k = p.inner - 1; k >= 0; k--) {
        denseKeep<false>(p, r, p.scratch + task * p.scratchTask + k * kept);
        denseBack(p, r, task, p.steps + k * p.layers * 2);
      }
    } else {
      // No more steps: the gradients may take the place of the weights.
      denseGradients(p, r, p.m, nullptr, false, r.weight, r.bias);
    }
  }

  // Out with it.
  float* const* weight = p.rule == 2 ? r.vweight : r.weight;
  float* const* bias = p.rule == 2 ? r.vbias : r.bias;
  int firstWeights = p.inputs * h;
  int parameters = p.bias[last] + p.width[last];
  float* rest = p.rest + (long long)task * (parameters - firstWeights) - firstWeights;
  bool finite = isfinite(loss);
  for (int l = 0; l < p.layers; l++) {
    for (int i = threadIdx.x; i < p.width[l]; i += DENSE_THREADS) {
      float x = p.rule == 0 ? p.theta[p.bias[l] + i] - bias[l][i] : bias[l][i];
      rest[p.bias[l] + i] = x;
      finite = finite && isfinite(x);
    }
    if (l > 0) {
      int in = p.width[l - 1];
      for (int i = threadIdx.x; i < p.width[l] * in; i += DENSE_THREADS) {
        float found = weight[l][i / in * (in + 1) + i % in];
        float x = p.rule == 0 ? p.theta[p.weight[l] + i] - found : found;
        rest[p.weight[l] + i] = x;
        finite = finite && isfinite(x);
      }
    }
  }
  for (int i = threadIdx.x; i < p.n * h; i += DENSE_THREADS) {
    float x = p.rule == 1 ? 0.f : r.moved[i / h * hs + i % h];
    p.delta[(long long)task * p.n * h + i] = x;
    finite = finite && isfinite(x);
  }
  if (p.rule != 0) {
    for (int i = threadIdx.x; i < p.m * h; i += DENSE_THREADS) {
      float x = p.deltaQuery[(long long)task * p.m * h + i];
      // Behind saturated units an infinite query has errors of nothing: its image tells.
      finite = finite && isfinite(x) && isfinite(r.image[i / h * hs + i % h]);
    }
  }
  // Nobody computes the first layer's share of this task alone; with these its inputs are finite, too.
  for (int e = threadIdx.x; e < p.n; e += DENSE_THREADS) finite = finite && isfinite(gram[e * p.n + e]);
  if (!finite) p.notFinite[task] = 1;
  if (threadIdx.x == 0) p.loss[task] = loss;
}

// Where the rows of the healthy tasks lie, in the tasks' order, for the products over all tasks; behind the last one rows of zeros.
struct DenseRows {
  const int* healthy;
  const int* count;
  int* inputs;  // offsets of rows of X
  int* deltas;  // offsets of rows of what it is multiplied with
  int rows;     // of a task
  int width;    // floats of a row of X
  int h;
  int tasks;
  int length;
};

KERNEL(dense_rows, 256, DenseRows) {
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.length) return;
  int count = *p.count;
  int which = i / p.rows;
  bool there = which < count;
  int task = count == 0 ? 0 : p.healthy[there ? which : 0];
  int row = task * p.rows + i % p.rows;
  p.inputs[i] = row * p.width;
  p.deltas[i] = there ? row * p.h : p.tasks * p.rows * p.h;
}
