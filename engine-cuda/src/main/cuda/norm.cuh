// Batch and layer normalisation with a rectifier behind it: y = f(γ·x̂ + β), x̂ = (x − μ)·r, r = 1/√(variance + ε). One block for each task
// and group: a channel's examples and pixels (batch), or an example's features (layer).
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
  int keep;
  int still;   // 1: tx is zero
  int cached;  // 1: shared memory has room for what is read twice
  float epsilon;
  float slope;
  float scale;
};

// Where member i of group g lies: example and element.
struct Member {
  int example;
  int element;
};

static __device__ __forceinline__ Member member(const Norm& p, int group, int i) {
  if (p.layer) return {group, i};
  return {i / p.pixels, group * p.pixels + i % p.pixels};
}

static __device__ __forceinline__ float get(const Value& v, int task, Member m) {
  return at(v, task, m.example)[v.element[m.element]];
}

static __device__ __forceinline__ void put(const Value& v, int task, Member m, float x) {
  at(v, task, m.example)[v.element[m.element]] = x;
}

KERNEL(norm_forward, 256, Norm) {
  DYNAMIC_SHARED(column);
  int task = blockIdx.x / p.groups;
  int group = blockIdx.x % p.groups;
  float sum = 0.f;
  for (int i = threadIdx.x; i < p.members; i += 256) {
    float x = get(p.x, task, member(p, group, i));
    if (p.cached) column[i] = x;
    sum += x;
  }
  float mean = blockSum<256>(sum) / p.members;
  float squares = 0.f;
  for (int i = threadIdx.x; i < p.members; i += 256) {
    float d = (p.cached ? column[i] : get(p.x, task, member(p, group, i))) - mean;
    squares += d * d;
  }
  float r = 1.f / sqrtf(blockSum<256>(squares) / p.members + p.epsilon);
  if (threadIdx.x == 0) {
    float* s = p.statistics + 2 * ((long long)task * p.groups + group);
    s[0] = mean;
    s[1] = r;
  }
  const float* gain = at(p.gain, task);
  const float* shift = at(p.shift, task);
  for (int i = threadIdx.x; i < p.members; i += 256) {
    Member m = member(p, group, i);
    int parameter = p.layer ? i : group;
    float x = p.cached ? column[i] : get(p.x, task, m);
    float z = gain[parameter] * ((x - mean) * r) + shift[parameter];
    put(p.y, task, m, z > 0.f ? z : p.slope * z);
  }
}

// The error in front of the rectifier.
static __device__ __forceinline__ float behind(const Norm& p, const Value& error, int task, Member m) {
  return get(error, task, m) * (get(p.y, task, m) > 0.f ? 1.f : p.slope);
}

static __device__ __forceinline__ void addTo(const Norm& p, const Rows& v, int task, int i, float x) {
  float* to = at(v, task) + i;
  *to = (p.keep ? *to : 0.f) + p.scale * x;
}

// gx = r·(g − mean g − x̂·mean(g·x̂)) with g = γ·gy; of batch normalisation also ∂γ = Σ gy·x̂ and ∂β = Σ gy. Holds x̂ and gy in shared memory.
KERNEL(norm_backward, 256, Norm) {
  DYNAMIC_SHARED(shared);
  float* normal = shared;
  float* error = shared + p.members;
  int task = blockIdx.x / p.groups;
  int group = blockIdx.x % p.groups;
  const float* s = p.statistics + 2 * ((long long)task * p.groups + group);
  float mean = s[0], r = s[1];
  const float* gain = at(p.gain, task);
  float first = 0.f, second = 0.f;
  for (int i = threadIdx.x; i < p.members; i += 256) {
    Member m = member(p, group, i);
    float xhat = (get(p.x, task, m) - mean) * r;
    float g = behind(p, p.gy, task, m);
    if (p.layer) g *= gain[i];
    if (p.cached) {
      normal[i] = xhat;
      error[i] = g;
    }
    first += g;
    second += g * xhat;
  }
  first = blockSum<256>(first);
  second = blockSum<256>(second);
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
  for (int i = threadIdx.x; i < p.members; i += 256) {
    Member m = member(p, group, i);
    float xhat = p.cached ? normal[i] : (get(p.x, task, m) - mean) * r;
    float g = p.cached ? error[i] : behind(p, p.gy, task, m) * (p.layer ? gain[i] : 1.f);
    put(p.gx, task, m, factor * (g - first - xhat * second));
  }
}

// ty = f′·(γ·tx̂ + tγ·x̂ + tβ) with tx̂ = r·(tc − x̂·mean(x̂·tc)), tc = tx − mean tx.
KERNEL(norm_tangent, 256, Norm) {
  int task = blockIdx.x / p.groups;
  int group = blockIdx.x % p.groups;
  const float* s = p.statistics + 2 * ((long long)task * p.groups + group);
  float mean = s[0], r = s[1];
  float tmean = 0.f, along = 0.f;
  if (!p.still) {
    for (int i = threadIdx.x; i < p.members; i += 256) tmean += get(p.tx, task, member(p, group, i));
    tmean = blockSum<256>(tmean) / p.members;
    for (int i = threadIdx.x; i < p.members; i += 256) {
      Member m = member(p, group, i);
      along += (get(p.x, task, m) - mean) * r * (get(p.tx, task, m) - tmean);
    }
    along = blockSum<256>(along) / p.members;
  }
  if (threadIdx.x == 0) {
    float* t = p.tangentStatistics + 2 * ((long long)task * p.groups + group);
    t[0] = tmean;
    t[1] = along;
  }
  const float* gain = at(p.gain, task);
  const float* tgain = at(p.tgain, task);
  const float* tshift = at(p.tshift, task);
  for (int i = threadIdx.x; i < p.members; i += 256) {
    Member m = member(p, group, i);
    int parameter = p.layer ? i : group;
    float xhat = (get(p.x, task, m) - mean) * r;
    float txhat = p.still ? 0.f : r * (get(p.tx, task, m) - tmean - xhat * along);
    float tz = gain[parameter] * txhat + tgain[parameter] * xhat + tshift[parameter];
    put(p.ty, task, m, get(p.y, task, m) > 0.f ? tz : p.slope * tz);
  }
}

// What one member brings to the tangent of the backward pass.
struct TangentMember {
  float xhat, txhat, g, tg, gy, tgy;
};

static __device__ __forceinline__ TangentMember tangentMember(
    const Norm& p, int task, int group, int i, float mean, float r, float tmean, float along) {
  Member m = member(p, group, i);
  int parameter = p.layer ? i : group;
  TangentMember t;
  t.xhat = (get(p.x, task, m) - mean) * r;
  t.txhat = p.still ? 0.f : r * (get(p.tx, task, m) - tmean - t.xhat * along);
  t.gy = behind(p, p.gy, task, m);
  t.tgy = behind(p, p.tgy, task, m);
  float gain = at(p.gain, task)[parameter];
  t.g = gain * t.gy;
  t.tg = gain * t.tgy + at(p.tgain, task)[parameter] * t.gy;
  return t;
}

// tgx = −r·s·gx + r·(tg − mean tg − tx̂·mean(g·x̂) − x̂·mean(tg·x̂ + g·tx̂)), s = mean(x̂·tc); of batch normalisation also the tangents of ∂γ
// and ∂β.
KERNEL(norm_tangent_backward, 256, Norm) {
  int task = blockIdx.x / p.groups;
  int group = blockIdx.x % p.groups;
  const float* s = p.statistics + 2 * ((long long)task * p.groups + group);
  float mean = s[0], r = s[1];
  const float* ts = p.tangentStatistics + 2 * ((long long)task * p.groups + group);
  float tmean = p.still ? 0.f : ts[0], along = p.still ? 0.f : ts[1];
  float m1 = 0.f, m2 = 0.f, t1 = 0.f, t2 = 0.f, ggain = 0.f, gshift = 0.f;
  for (int i = threadIdx.x; i < p.members; i += 256) {
    TangentMember t = tangentMember(p, task, group, i, mean, r, tmean, along);
    m1 += t.g;
    m2 += t.g * t.xhat;
    t1 += t.tg;
    t2 += t.tg * t.xhat + t.g * t.txhat;
    ggain += t.tgy * t.xhat + t.gy * t.txhat;
    gshift += t.tgy;
  }
  m1 = blockSum<256>(m1) / p.members;
  m2 = blockSum<256>(m2) / p.members;
  t1 = blockSum<256>(t1) / p.members;
  t2 = blockSum<256>(t2) / p.members;
  if (!p.layer) {
    ggain = blockSum<256>(ggain);
    gshift = blockSum<256>(gshift);
    if (threadIdx.x == 0) {
      addTo(p, p.ggain, task, group, ggain);
      addTo(p, p.gshift, task, group, gshift);
    }
  }
  if (!p.tgx.data) return;
  for (int i = threadIdx.x; i < p.members; i += 256) {
    TangentMember t = tangentMember(p, task, group, i, mean, r, tmean, along);
    float gx = r * (t.g - m1 - t.xhat * m2);
    float tgx = -r * along * gx + r * (t.tg - t1 - t.txhat * m2 - t.xhat * t2);
    put(p.tgx, task, member(p, group, i), tgx);
  }
}

// ∂γ and ∂β of layer normalisation, summed over examples; with tgy also their tangents. One thread for each feature.
KERNEL(layer_norm_gains, 256, Norm) {
  int task = blockIdx.y;
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i >= p.members) return;
  float ggain = 0.f, gshift = 0.f;
  for (int e = 0; e < p.groups; e++) {
    const float* s = p.statistics + 2 * ((long long)task * p.groups + e);
    if (p.tgy.data) {
      const float* ts = p.tangentStatistics + 2 * ((long long)task * p.groups + e);
      TangentMember t = tangentMember(p, task, e, i, s[0], s[1], ts[0], ts[1]);
      ggain += t.tgy * t.xhat + t.gy * t.txhat;
      gshift += t.tgy;
    } else {
      Member m = {e, i};
      float g = behind(p, p.gy, task, m);
      ggain += g * ((get(p.x, task, m) - s[0]) * s[1]);
      gshift += g;
    }
  }
  addTo(p, p.ggain, task, i, ggain);
  addTo(p, p.gshift, task, i, gshift);
}
