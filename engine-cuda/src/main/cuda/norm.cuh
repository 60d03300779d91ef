// Batch and layer normalisation with a rectifier behind it: y = f(γ·x̂ + β), x̂ = (x − μ)·r, r = 1/√(variance + ε). One block for each task
// and group: a channel's examples and pixels (batch), or an example's features (layer). Narrow blocks are for small groups.
#pragma once

#include "target.cuh"

struct Norm {
  Value x, y;      // x and f(γ·x̂ + β)
  Value gy, gx;    // errors behind and before
  Value tx, ty;    // tangents
  Value tgy, tgx;  // tangents of the errors
  Rows gain, shift;    // γ and β
  Rows tgain, tshift;  // their tangents
  Rows ggain, gshift;  // where their gradients, or the tangents of those, are added or written
  float* statistics;         // [tasks, groups, 2]: μ, r
  float* tangentStatistics;  // [tasks, groups, 2]: mean of tx, mean of x̂·(tx − its mean)
  int layer;                 // 1: layer normalisation
  int groups;
  int members;
  int pixels;
  int stepPixels;    // how far the next member of a thread is, in pixels
  int stepExamples;  // and whole examples
  int keep;
  int still;   // 1: tx is zero
  int cached;  // 1: shared memory has room for what is read twice
  float epsilon;
  float slope;
  float scale;
};

// Goes through the members of a group, THREADS at a time; knows where the present one lies without dividing at every step.
template <int THREADS>
struct Members {
  int i, example, pixel, element;

  __device__ __forceinline__ Members(const Norm& p, int group) {
    i = threadIdx.x;
    if (p.layer) {
      example = group;
      pixel = 0;
      element = i;
    } else {
      example = i / p.pixels;
      pixel = i % p.pixels;
      element = group * p.pixels + pixel;
    }
  }

  __device__ __forceinline__ bool more(const Norm& p) const { return i < p.members; }

  __device__ __forceinline__ void next(const Norm& p) {
    i += THREADS;
    if (p.layer) {
      element = i;
      return;
    }
    pixel += p.stepPixels;
    element += p.stepPixels;
    example += p.stepExamples;
    if (pixel >= p.pixels) {
      pixel -= p.pixels;
      element -= p.pixels;
      example++;
    }
  }

  // The number of the gain and shift.
  __device__ __forceinline__ int parameter(const Norm& p, int group) const { return p.layer ? i : group; }
};

template <class Where>
static __device__ __forceinline__ float get(const Value& v, int task, const Where& w) {
  return at(v, task, w.example)[v.element[w.element]];
}

template <class Where>
static __device__ __forceinline__ void put(const Value& v, int task, const Where& w, float x) {
  at(v, task, w.example)[v.element[w.element]] = x;
}

// The error in front of the rectifier.
template <class Where>
static __device__ __forceinline__ float behind(const Norm& p, const Value& error, int task, const Where& w) {
  return get(error, task, w) * (get(p.y, task, w) > 0.f ? 1.f : p.slope);
}

static __device__ __forceinline__ void addTo(const Norm& p, const Rows& v, int task, int i, float x) {
  float* to = at(v, task) + i;
  *to = (p.keep ? *to : 0.f) + p.scale * x;
}

template <int THREADS>
static __device__ void normForward(const Norm& p, float* column) {
  int task = blockIdx.x / p.groups;
  int group = blockIdx.x % p.groups;
  float sum = 0.f;
#pragma unroll 4
  for (Members<THREADS> w(p, group); w.more(p); w.next(p)) {
    float x = get(p.x, task, w);
    if (p.cached) column[w.i] = x;
    sum += x;
  }
  float mean = blockSum<THREADS>(sum) / p.members;
  float squares = 0.f;
  for (Members<THREADS> w(p, group); w.more(p); w.next(p)) {
    float d = (p.cached ? column[w.i] : get(p.x, task, w)) - mean;
    squares += d * d;
  }
  float r = 1.f / sqrtf(blockSum<THREADS>(squares) / p.members + p.epsilon);
  if (threadIdx.x == 0) {
    float* s = p.statistics + 2 * ((long long)task * p.groups + group);
    s[0] = mean;
    s[1] = r;
  }
  const float* gain = at(p.gain, task);
  const float* shift = at(p.shift, task);
#pragma unroll 4
  for (Members<THREADS> w(p, group); w.more(p); w.next(p)) {
    int parameter = w.parameter(p, group);
    float x = p.cached ? column[w.i] : get(p.x, task, w);
    float z = gain[parameter] * ((x - mean) * r) + shift[parameter];
    put(p.y, task, w, z > 0.f ? z : p.slope * z);
  }
}

// gx = r·(g − mean g − x̂·mean(g·x̂)) with g = γ·gy; of batch normalisation also ∂γ = Σ gy·x̂ and ∂β = Σ gy. Holds x̂ and gy in shared memory.
template <int THREADS>
static __device__ void normBackward(const Norm& p, float* shared) {
  float* normal = shared;
  float* error = shared + p.members;
  int task = blockIdx.x / p.groups;
  int group = blockIdx.x % p.groups;
  const float* s = p.statistics + 2 * ((long long)task * p.groups + group);
  float mean = s[0], r = s[1];
  const float* gain = at(p.gain, task);
  float first = 0.f, second = 0.f;
#pragma unroll 4
  for (Members<THREADS> w(p, group); w.more(p); w.next(p)) {
    float xhat = (get(p.x, task, w) - mean) * r;
    float g = behind(p, p.gy, task, w);
    if (p.layer) g *= gain[w.i];
    if (p.cached) {
      normal[w.i] = xhat;
      error[w.i] = g;
    }
    first += g;
    second += g * xhat;
  }
  first = blockSum<THREADS>(first);
  second = blockSum<THREADS>(second);
  float factor = r;
  if (!p.layer) {
    factor *= gain[group];
    if (threadIdx.x == 0) {
      addTo(p, p.ggain, task, group, second);
      addTo(p, p.gshift, task, group, first);
    }
  }
  first /= p.members;
  second /= p.members;
  if (!p.gx.data) return;
#pragma unroll 4
  for (Members<THREADS> w(p, group); w.more(p); w.next(p)) {
    float xhat = p.cached ? normal[w.i] : (get(p.x, task, w) - mean) * r;
    float g = p.cached ? error[w.i] : behind(p, p.gy, task, w) * (p.layer ? gain[w.i] : 1.f);
    put(p.gx, task, w, factor * (g - first - xhat * second));
  }
}

// ty = f′·(γ·tx̂ + tγ·x̂ + tβ) with tx̂ = r·(tc − x̂·mean(x̂·tc)), tc = tx − mean tx. The mean of x̂ is zero, so mean(x̂·tc) is mean(x̂·tx) but
// for rounding; it is taken with tc, which is smaller.
template <int THREADS>
static __device__ void normTangent(const Norm& p) {
  int task = blockIdx.x / p.groups;
  int group = blockIdx.x % p.groups;
  const float* s = p.statistics + 2 * ((long long)task * p.groups + group);
  float mean = s[0], r = s[1];
  float tmean = 0.f, along = 0.f;
  if (!p.still) {
#pragma unroll 4
    for (Members<THREADS> w(p, group); w.more(p); w.next(p)) tmean += get(p.tx, task, w);
    tmean = blockSum<THREADS>(tmean) / p.members;
#pragma unroll 4
    for (Members<THREADS> w(p, group); w.more(p); w.next(p)) {
      along += (get(p.x, task, w) - mean) * r * (get(p.tx, task, w) - tmean);
    }
    along = blockSum<THREADS>(along) / p.members;
  }
  if (threadIdx.x == 0) {
    float* t = p.tangentStatistics + 2 * ((long long)task * p.groups + group);
    t[0] = tmean;
    t[1] = along;
  }
  const float* gain = at(p.gain, task);
  const float* tgain = at(p.tgain, task);
  const float* tshift = at(p.tshift, task);
#pragma unroll 4
  for (Members<THREADS> w(p, group); w.more(p); w.next(p)) {
    int parameter = w.parameter(p, group);
    float xhat = (get(p.x, task, w) - mean) * r;
    float txhat = p.still ? 0.f : r * (get(p.tx, task, w) - tmean - xhat * along);
    float tz = gain[parameter] * txhat + tgain[parameter] * xhat + tshift[parameter];
    put(p.ty, task, w, get(p.y, task, w) > 0.f ? tz : p.slope * tz);
  }
}

// What one member brings to the tangent of the backward pass.
struct TangentMember {
  float xhat, txhat, g, tg, gy, tgy;
};

template <class Where>
static __device__ __forceinline__ TangentMember tangentMember(
    const Norm& p, int task, const Where& w, int parameter, float mean, float r, float tmean, float along) {
  TangentMember t;
  t.xhat = (get(p.x, task, w) - mean) * r;
  t.txhat = p.still ? 0.f : r * (get(p.tx, task, w) - tmean - t.xhat * along);
  float bend = get(p.y, task, w) > 0.f ? 1.f : p.slope;
  t.gy = bend * get(p.gy, task, w);
  t.tgy = bend * get(p.tgy, task, w);
  float gain = at(p.gain, task)[parameter];
  t.g = gain * t.gy;
  t.tg = gain * t.tgy + at(p.tgain, task)[parameter] * t.gy;
  return t;
}

// tgx = −r·s·gx + r·(tg − mean tg − tx̂·mean(g·x̂) − x̂·mean(tg·x̂ + g·tx̂)), s = mean(x̂·tc); of batch normalisation also the tangents of ∂γ
// and ∂β.
template <int THREADS>
static __device__ void normTangentBackward(const Norm& p) {
  int task = blockIdx.x / p.groups;
  int group = blockIdx.x % p.groups;
  const float* s = p.statistics + 2 * ((long long)task * p.groups + group);
  float mean = s[0], r = s[1];
  const float* ts = p.tangentStatistics + 2 * ((long long)task * p.groups + group);
  float tmean = p.still ? 0.f : ts[0], along = p.still ? 0.f : ts[1];
  float m1 = 0.f, m2 = 0.f, t1 = 0.f, t2 = 0.f, ggain = 0.f, gshift = 0.f;
#pragma unroll 2
  for (Members<THREADS> w(p, group); w.more(p); w.next(p)) {
    TangentMember t = tangentMember(p, task, w, w.parameter(p, group), mean, r, tmean, along);
    m1 += t.g;
    m2 += t.g * t.xhat;
    t1 += t.tg;
    t2 += t.tg * t.xhat + t.g * t.txhat;
    ggain += t.tgy * t.xhat + t.gy * t.txhat;
    gshift += t.tgy;
  }
  m1 = blockSum<THREADS>(m1) / p.members;
  m2 = blockSum<THREADS>(m2) / p.members;
  t1 = blockSum<THREADS>(t1) / p.members;
  t2 = blockSum<THREADS>(t2) / p.members;
  if (!p.layer) {
    ggain = blockSum<THREADS>(ggain);
    gshift = blockSum<THREADS>(gshift);
    if (threadIdx.x == 0) {
      addTo(p, p.ggain, task, group, ggain);
      addTo(p, p.gshift, task, group, gshift);
    }
  }
  if (!p.tgx.data) return;
#pragma unroll 2
  for (Members<THREADS> w(p, group); w.more(p); w.next(p)) {
    TangentMember t = tangentMember(p, task, w, w.parameter(p, group), mean, r, tmean, along);
    float gx = r * (t.g - m1 - t.xhat * m2);
    float tgx = -r * along * gx + r * (t.tg - t1 - t.txhat * m2 - t.xhat * t2);
    put(p.tgx, task, w, tgx);
  }
}

#define NORMS(suffix, threads)                                                           \
  KERNEL(norm_forward##suffix, threads, Norm) {                                          \
    DYNAMIC_SHARED(shared);                                                              \
    normForward<threads>(p, shared);                                                     \
  }                                                                                      \
  ROOMY_KERNEL(norm_backward##suffix, threads, Norm) {                                   \
    DYNAMIC_SHARED(shared);                                                              \
    normBackward<threads>(p, shared);                                                    \
  }                                                                                      \
  KERNEL(norm_tangent##suffix, threads, Norm) { normTangent<threads>(p); }               \
  KERNEL(norm_tangent_backward##suffix, threads, Norm) { normTangentBackward<threads>(p); }

NORMS(, 256)
NORMS(_narrow, 64)

// ∂γ and ∂β of layer normalisation, summed over examples; with tgy also their tangents. One thread for each feature.
KERNEL(layer_norm_gains, 256, Norm) {
  struct Place {
    int example, element;
  };
  int task = blockIdx.y;
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.members) return;
  float ggain = 0.f, gshift = 0.f;
  for (int e = 0; e < p.groups; e++) {
    const float* s = p.statistics + 2 * ((long long)task * p.groups + e);
    Place w = {e, i};
    if (p.tgy.data) {
      const float* ts = p.tangentStatistics + 2 * ((long long)task * p.groups + e);
      float tmean = p.still ? 0.f : ts[0], along = p.still ? 0.f : ts[1];
      TangentMember t = tangentMember(p, task, w, i, s[0], s[1], tmean, along);
      ggain += t.tgy * t.xhat + t.gy * t.txhat;
      gshift += t.tgy;
    } else {
      float g = behind(p, p.gy, task, w);
      ggain += g * ((get(p.x, task, w) - s[0]) * s[1]);
      gshift += g;
    }
  }
  addTo(p, p.ggain, task, i, ggain);
  addTo(p, p.gshift, task, i, gshift);
}
