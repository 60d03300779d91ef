// Steps of the inner and the outer loop on flat parameter vectors. Blocks of 256 threads; blockIdx.y is the task.
#pragma once

#include "target.cuh"

// to = from − steps∘gradient (the inner loop), or with from null: to = steps∘gradient (the direction that exact second order looks into).
struct Descent {
  Rows from;
  Rows gradient;
  Rows to;
  const float* steps;  // [parameters], zero where nothing moves
  int parameters;
};

KERNEL(descend, 256, Descent) {
  int task = blockIdx.y;
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.parameters; i += gridDim.x * 256) {
    float step = p.steps[i];
    // What does not move has no gradient either: the buffer may hold anything there.
    float change = step == 0.f ? 0.f : step * at(p.gradient, task)[i];
    at(p.to, task)[i] = p.from.data ? at(p.from, task)[i] - change : change;
  }
}

// Adam (Kingma & Ba 2015, algorithm 1) inside a task.
struct AdamDescent {
  Rows from;
  Rows gradient;
  Rows to;
  Rows first;
  Rows second;
  const float* moves;       // [parameters], zero where nothing moves
  const float* correction;  // 1 − β₁ᵗ and 1 − β₂ᵗ of this step
  float beta1, beta2, step, epsilon;
  int parameters;
};

KERNEL(descend_adam, 256, AdamDescent) {
  int task = blockIdx.y;
  float c1 = p.correction[0], c2 = p.correction[1];
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.parameters; i += gridDim.x * 256) {
    float phi = at(p.from, task)[i];
    if (p.moves[i] != 0.f) {
      float g = at(p.gradient, task)[i];
      float m = p.beta1 * at(p.first, task)[i] + (1.f - p.beta1) * g;
      float v = p.beta2 * at(p.second, task)[i] + (1.f - p.beta2) * g * g;
      at(p.first, task)[i] = m;
      at(p.second, task)[i] = v;
      phi -= p.step * (m / c1) / (sqrtf(v / c2) + p.epsilon);
    }
    at(p.to, task)[i] = phi;
  }
}

struct Copy {
  Rows from;  // null: zeros
  Rows to;
  const float* scale;  // one number, or null for 1
  int keep;
  int length;
};

// to = keep·to + scale·from.
KERNEL(copy_rows, 256, Copy) {
  int task = blockIdx.y;
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.length; i += gridDim.x * 256) {
    float x = p.from.data ? (p.scale ? *p.scale : 1.f) * at(p.from, task)[i] : 0.f;
    float* to = at(p.to, task) + i;
    *to = p.keep ? *to + x : x;
  }
}

// Reptile's contribution: to = theta − phi.
struct Displacement {
  const float* theta;
  Rows phi;
  Rows to;
  int parameters;
};

KERNEL(displacement, 256, Displacement) {
  int task = blockIdx.y;
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.parameters; i += gridDim.x * 256) {
    at(p.to, task)[i] = p.theta[i] - at(p.phi, task)[i];
  }
}

// ∂α of one inner step: minus the gradient times the cotangent, per parameter or summed over each tensor or over all.
struct StepGradient {
  Rows gradient;
  Rows cotangent;
  Rows to;
  const float* moves;
  const int* bounds;  // tensors' begins and ends: two each; null for one sum over all parameters
  int parameters;
  int sums;  // tensors, or 1
};

KERNEL(step_gradient_each, 256, StepGradient) {
  int task = blockIdx.y;
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.parameters; i += gridDim.x * 256) {
    if (p.moves[i] != 0.f) at(p.to, task)[i] -= at(p.gradient, task)[i] * at(p.cotangent, task)[i];
  }
}

KERNEL(step_gradient_sums, 256, StepGradient) {
  int task = blockIdx.y;
  int from = p.bounds ? p.bounds[2 * blockIdx.x] : 0;
  int to = p.bounds ? p.bounds[2 * blockIdx.x + 1] : p.parameters;
  float sum = 0.f;
  for (int i = from + threadIdx.x; i < to; i += 256) {
    if (p.moves[i] != 0.f) sum += at(p.gradient, task)[i] * at(p.cotangent, task)[i];
  }
  sum = blockSum<256>(sum);
  if (threadIdx.x == 0) at(p.to, task)[blockIdx.x] -= sum;
}

// Whether everything an episode gives is finite: notFinite[slot] becomes 1 if not. It is 0 before.
struct Check {
  Rows values;
  int* notFinite;
  int length;
};

KERNEL(check_finite, 256, Check) {
  int task = blockIdx.y;
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.length; i += gridDim.x * 256) {
    if (!isfinite(at(p.values, task)[i])) p.notFinite[task] = 1;
  }
}

// The slots of healthy episodes in the episodes' order.
struct Gather {
  const int* notFinite;
  const int* slots;  // [episodes] where each episode's contribution lies
  int* healthy;
  int* count;
  int episodes;
};

// Each thread looks at a stretch of episodes; where its own begin in the list is the number of healthy ones in the stretches before.
KERNEL(gather_healthy, 256, Gather) {
  __shared__ int counts[256];
  int each = (p.episodes + 255) / 256;
  int from = min((int)threadIdx.x * each, p.episodes);
  int to = min(from + each, p.episodes);
  int n = 0;
  for (int i = from; i < to; i++) n += !p.notFinite[p.slots[i]];
  counts[threadIdx.x] = n;
  __syncthreads();
  int begin = 0;
  for (int i = 0; i < threadIdx.x; i++) begin += counts[i];
  for (int i = from; i < to; i++) {
    if (!p.notFinite[p.slots[i]]) p.healthy[begin++] = p.slots[i];
  }
  if (threadIdx.x == 255) *p.count = begin;
}

// Sums of up to CHUNK healthy episodes each, and then of those sums: the order of additions depends on nothing but how many there are.
constexpr int CHUNK = 8;

struct Reduce {
  Rows from;
  const int* healthy;
  const int* count;
  float* partial;  // [chunks, length]
  float* mean;     // [length]
  int length;
};

KERNEL(reduce_chunks, 256, Reduce) {
  int first = blockIdx.y * CHUNK;
  int last = min(first + CHUNK, *p.count);
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.length; i += gridDim.x * 256) {
    float sum = 0.f;
    for (int k = first; k < last; k++) sum += at(p.from, p.healthy[k])[i];
    p.partial[(long long)blockIdx.y * p.length + i] = sum;
  }
}

KERNEL(reduce_mean, 256, Reduce) {
  int count = *p.count;
  int chunks = (count + CHUNK - 1) / CHUNK;
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.length; i += gridDim.x * 256) {
    float sum = 0.f;
    for (int k = 0; k < chunks; k++) sum += p.partial[(long long)k * p.length + i];
    p.mean[i] = count == 0 ? 0.f : sum / count;
  }
}

// Moments after the batch, as if its episodes had followed each other: u ← kept·(u − start) + end.
struct Chain {
  Rows ends;
  const float* start;  // null for zeros
  const int* healthy;
  const int* count;
  float* to;
  float kept;
  int length;
};

KERNEL(chain_moments, 256, Chain) {
  int count = *p.count;
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.length; i += gridDim.x * 256) {
    float start = p.start ? p.start[i] : 0.f;
    float u = start;
    for (int k = 0; k < count; k++) u = p.kept * (u - start) + at(p.ends, p.healthy[k])[i];
    p.to[i] = u;
  }
}

struct CopyFlags {
  Rows from;
  Rows to;
  int length;
};

KERNEL(copy_flags, 256, CopyFlags) {
  int i = blockIdx.x * 256 + threadIdx.x;
  if (i < p.length) p.to.data[i] = p.from.data[i];
}

// The outer step where θ lies. A batch without a healthy episode moves nothing.
struct Outer {
  float* theta;
  const float* gradient;
  float* first;
  float* second;
  int* moved;            // steps that moved θ
  const int* count;      // healthy episodes
  const float* scalars;  // [0] step size
  float* work;           // [0] what the gradient is scaled with, [1] step size, [2] ε, both as Adam's efficient form has them
  int adam;
  int parameters;
  float beta1, beta2, epsilon;
  float clip;  // largest norm of the gradient, 0 for no limit
};

KERNEL(outer_begin, 256, Outer) {
  float squares = 0.f;
  if (p.clip > 0.f) {
    for (int i = threadIdx.x; i < p.parameters; i += 256) squares += p.gradient[i] * p.gradient[i];
  }
  float norm = sqrtf(blockSum<256>(squares));
  if (threadIdx.x != 0) return;
  if (*p.count > 0) *p.moved += 1;
  double c1 = 1.0 - pow((double)p.beta1, (double)*p.moved);
  double c2 = 1.0 - pow((double)p.beta2, (double)*p.moved);
  p.work[0] = p.clip > 0.f && norm > p.clip ? p.clip / norm : 1.f;
  p.work[1] = p.adam ? (float)(p.scalars[0] * sqrt(c2) / c1) : p.scalars[0];
  p.work[2] = (float)(p.epsilon * sqrt(c2));
}

KERNEL(outer_step, 256, Outer) {
  if (*p.count == 0) return;
  float scale = p.work[0], step = p.work[1], epsilon = p.work[2];
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.parameters; i += gridDim.x * 256) {
    float g = scale * p.gradient[i];
    if (p.adam) {
      float m = p.beta1 * p.first[i] + (1.f - p.beta1) * g;
      float v = p.beta2 * p.second[i] + (1.f - p.beta2) * g * g;
      p.first[i] = m;
      p.second[i] = v;
      p.theta[i] -= step * m / (sqrtf(v) + epsilon);
    } else {
      p.theta[i] -= step * g;
    }
  }
}

// to[i] = from[index[i]] of every vector.
struct Pick {
  Rows from;
  Rows to;
  const int* index;
  int length;
};

KERNEL(pick, 256, Pick) {
  int task = blockIdx.y;
  for (int i = blockIdx.x * 256 + threadIdx.x; i < p.length; i += gridDim.x * 256) {
    at(p.to, task)[i] = at(p.from, task)[p.index[i]];
  }
}
