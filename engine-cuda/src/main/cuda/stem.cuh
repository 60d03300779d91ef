// The first convolution of a network with the batch normalisation and the rectifier behind it, in one. Its patches p are those of the
// network's inputs, which stay while parameters move. So what normalisation needs of the convolution's output, mean and variance, follows
// from the patches' mean m and covariance C alone, for a filter w
//
//   variance = wᵀCw    r = 1/√(variance + ε)    y = f(γr·wᵀ(p − m) + β)
//
// and that output never exists. With g = f′·gy, S = Σg and q = Σg·(p − m) over all pixels of a batch, the way back is
//
//   ∂β = S    ∂γ = r·wᵀq    ∂w = γr·(q − ∂γ·r·Cw)
//
// Along a direction, with ṙ = −r³·wᵀCẇ, q̇ and Ṡ the sums of ġ = f′·ġy:
//
//   ẏ = f′·((γr·ẇ + (γr)˙·w)ᵀ(p − m) + β̇)    ∂β̇ = Ṡ    ∂γ̇ = ṙ·wᵀq + r·(ẇᵀq + wᵀq̇)
//   ∂ẇ = (γr)˙·(q − ∂γ·r·Cw) + γr·(q̇ − (∂γ·r)˙·Cw − ∂γ·r·Cẇ)
#pragma once

#include "target.cuh"

constexpr int STEM_TAPS = 32;  // elements of the longest patch

// A set of images: pixel (y, x) of channel c of example e of task t lies at data[t*task + e*example + origin + c*channel + y*line + x*column].
struct Plane {
  float* data;
  long long task;
  int example;
  int origin;
  int channel;
  int line;
  int column;
  int unused;
};

struct Stem {
  Plane x;                     // where each patch begins, in its first channel
  Plane y, gy, ty, tgy;        // outputs, their errors, and the tangents of both
  Rows weight, gain, shift;    // w, γ and β
  Rows tweight, tgain, tshift;  // their tangents
  Rows gweight, ggain, gshift;  // where their gradients, or the tangents of those, are added or written
  float* statistics;  // [tasks, P + P·P] m, C
  float* sums;        // [tasks, filters, P + 1] q, S
  int filters;
  int patch;   // P
  int kernel;  // a patch is [channels, kernel, kernel]
  int tapLine;  // from a line of a patch to the next
  int examples;
  int high, wide;  // of y
  int slab;   // pixels of a block of the forward kernels
  int slabs;  // of a task
  int keep;
  float epsilon;
  float slope;
  float scale;
};

// The way of a thread through all pixels of a batch, in equal steps.
struct Walk {
  int example, y, x;
  int examples, lines, columns;  // one step

  __device__ __forceinline__ Walk(const Stem& p, int pixel, int step) {
    split(p, pixel, example, y, x);
    split(p, step, examples, lines, columns);
  }

  __device__ __forceinline__ void next(const Stem& p) {
    x += columns;
    y += lines;
    example += examples;
    if (x >= p.wide) {
      x -= p.wide;
      y++;
    }
    if (y >= p.high) {
      y -= p.high;
      example++;
    }
  }

  static __device__ __forceinline__ void split(const Stem& p, int pixel, int& example, int& y, int& x) {
    x = pixel % p.wide;
    y = pixel / p.wide % p.high;
    example = pixel / p.wide / p.high;
  }
};

static __device__ __forceinline__ float* at(const Plane& v, int task) { return v.data + task * v.task + v.origin; }

static __device__ __forceinline__ long long offset(const Plane& v, const Walk& w) {
  return (long long)w.example * v.example + (w.y * v.line + w.x * v.column);
}

static __device__ __forceinline__ float* statistics(const Stem& p, int task) {
  return p.statistics + (long long)task * (p.patch + p.patch * p.patch);
}

// An element of a patch: where it lies from the patch's beginning, and its mean.
struct __align__(8) Tap {
  int offset;
  float mean;
};

// Beyond the patch's end its first element stands in; what comes of it nobody asks for.
static __device__ __forceinline__ int tapOffset(const Stem& p, int k) {
  int area = p.kernel * p.kernel;
  return k < p.patch ? k / area * p.x.channel + k / p.kernel % p.kernel * p.tapLine + k % p.kernel : 0;
}

static __device__ __forceinline__ void findTaps(const Stem& p, int task, Tap* taps) {
  int k = threadIdx.x;
  if (k < STEM_TAPS) {
    taps[k].offset = tapOffset(p, k);
    taps[k].mean = k < p.patch ? statistics(p, task)[k] : 0.f;
  }
}

// m and C of a task. The covariance is cut into four by four pieces; a piece is a matter of several threads, each with pixels of its own.
KERNEL(stem_statistics, 256, Stem) {
  constexpr int PIECE = 128;  // pixels looked at together
  constexpr int STRIDE = PIECE + 1;
  __shared__ Tap taps[STEM_TAPS];
  __shared__ float patches[STEM_TAPS * STRIDE];
  __shared__ float parts[16 * 257];
  int task = blockIdx.x;
  int pixels = p.examples * p.high * p.wide;
  const float* x = at(p.x, task);
  float* mean = statistics(p, task);
  float* covariance = mean + p.patch;

  if (threadIdx.x < STEM_TAPS) taps[threadIdx.x].offset = tapOffset(p, threadIdx.x);
  __syncthreads();
  int slices = 256 / p.patch;
  int mine = threadIdx.x / slices;
  if (mine < p.patch) {
    // With what each addition loses carried on (Kahan 1965): the sum may be long.
    float sum = 0.f, lost = 0.f;
    Walk walk(p, threadIdx.x % slices, slices);
    for (int n = threadIdx.x % slices; n < pixels; n += slices) {
      float more = x[offset(p.x, walk) + taps[mine].offset] - lost;
      float next = sum + more;
      lost = (next - sum) - more;
      sum = next;
      walk.next(p);
    }
    parts[threadIdx.x] = sum;
  }
  __syncthreads();
  if (threadIdx.x < p.patch) {
    float sum = 0.f;
    for (int i = 0; i < slices; i++) sum += parts[threadIdx.x * slices + i];
    sum /= pixels;
    taps[threadIdx.x].mean = sum;
    mean[threadIdx.x] = sum;
  }

  int side = (p.patch + 3) / 4;
  int pieces = side * (side + 1) / 2;
  slices = 256 / pieces;
  int piece = threadIdx.x / slices;
  int slice = threadIdx.x % slices;
  int row = 0;
  int column = piece;
  while (row < side && column >= side - row) column -= side - row++;
  column += row;
  float total[4][4];
#pragma unroll
  for (int i = 0; i < 4; i++)
#pragma unroll
    for (int j = 0; j < 4; j++) total[i][j] = 0.f;
  Walk walk(p, threadIdx.x % PIECE, PIECE);
  for (int from = 0; from < pixels; from += PIECE) {
    __syncthreads();
    int i = threadIdx.x % PIECE;
    const float* patch = x + offset(p.x, walk);
    for (int k = threadIdx.x / PIECE; k < 4 * side; k += 256 / PIECE) {
      patches[k * STRIDE + i] = k < p.patch && from + i < pixels ? patch[taps[k].offset] - taps[k].mean : 0.f;
    }
    walk.next(p);
    __syncthreads();
    if (piece >= pieces) continue;
    float sum[4][4];
#pragma unroll
    for (int i = 0; i < 4; i++)
#pragma unroll
      for (int j = 0; j < 4; j++) sum[i][j] = 0.f;
    for (int n = slice; n < PIECE; n += slices) {
      float u[4], v[4];
#pragma unroll
      for (int i = 0; i < 4; i++) {
        u[i] = patches[(4 * row + i) * STRIDE + n];
        v[i] = patches[(4 * column + i) * STRIDE + n];
      }
#pragma unroll
      for (int i = 0; i < 4; i++)
#pragma unroll
        for (int j = 0; j < 4; j++) sum[i][j] = fmaf(u[i], v[j], sum[i][j]);
    }
#pragma unroll
    for (int i = 0; i < 4; i++)
#pragma unroll
      for (int j = 0; j < 4; j++) total[i][j] += sum[i][j];
  }
#pragma unroll
  for (int i = 0; i < 16; i++) parts[i * 257 + threadIdx.x] = total[i / 4][i % 4];
  __syncthreads();
  if (piece >= pieces) return;
  for (int i = slice; i < 16; i += slices) {
    int k = 4 * row + i / 4;
    int l = 4 * column + i % 4;
    if (k > l || l >= p.patch) continue;
    float sum = 0.f;
    for (int j = 0; j < slices; j++) sum += parts[i * 257 + piece * slices + j];
    sum /= pixels;
    covariance[k * p.patch + l] = sum;
    covariance[l * p.patch + k] = sum;
  }
}

// What is to be known of COUNT filters, in shared memory.
template <int COUNT, bool TANGENT>
struct StemFilters {
  static constexpr int STRIDE = STEM_TAPS + 1;
  float w[COUNT * STRIDE];
  float image[COUNT * STRIDE];  // Cw
  float gain[COUNT];
  float r[COUNT];
  float tw[TANGENT ? COUNT * STRIDE : 1];  // the same along the direction
  float timage[TANGENT ? COUNT * STRIDE : 1];
  float tgain[TANGENT ? COUNT : 1];
  float tr[TANGENT ? COUNT : 1];

  // Finds it for the filters `first` … of a task; those beyond the last are zeros.
  template <int THREADS>
  __device__ __forceinline__ void find(const Stem& p, int task, int first) {
    for (int i = threadIdx.x; i < COUNT * p.patch; i += THREADS) {
      int f = i / p.patch;
      int k = i % p.patch;
      bool inside = first + f < p.filters;
      int from = (first + f) * p.patch + k;
      w[f * STRIDE + k] = inside ? at(p.weight, task)[from] : 0.f;
      if (TANGENT) tw[f * STRIDE + k] = inside ? at(p.tweight, task)[from] : 0.f;
    }
    __syncthreads();
    const float* c = statistics(p, task) + p.patch;
    for (int i = threadIdx.x; i < COUNT * p.patch; i += THREADS) {
      int f = i / p.patch;
      int k = i % p.patch;
      float sum = 0.f, tsum = 0.f;
      for (int l = 0; l < p.patch; l++) {
        float element = c[l * p.patch + k];
        sum = fmaf(element, w[f * STRIDE + l], sum);
        if (TANGENT) tsum = fmaf(element, tw[f * STRIDE + l], tsum);
      }
      image[f * STRIDE + k] = sum;
      if (TANGENT) timage[f * STRIDE + k] = tsum;
    }
    __syncthreads();
    int f = threadIdx.x;
    if (f < COUNT) {
      bool inside = first + f < p.filters;
      float variance = 0.f, change = 0.f;
      for (int k = 0; k < p.patch; k++) {
        variance = fmaf(w[f * STRIDE + k], image[f * STRIDE + k], variance);
        if (TANGENT) change = fmaf(w[f * STRIDE + k], timage[f * STRIDE + k], change);
      }
      // Rounding may take a variance of nothing below it.
      r[f] = 1.f / sqrtf((variance < 0.f ? 0.f : variance) + p.epsilon);
      gain[f] = inside ? at(p.gain, task)[first + f] : 0.f;
      if (TANGENT) {
        tr[f] = -r[f] * r[f] * r[f] * change;
        tgain[f] = inside ? at(p.tgain, task)[first + f] : 0.f;
      }
    }
    __syncthreads();
  }

  // γr, and its tangent.
  __device__ __forceinline__ float factor(int f) const { return gain[f] * r[f]; }
  __device__ __forceinline__ float tfactor(int f) const { return tgain[f] * r[f] + gain[f] * tr[f]; }
};

constexpr int STEM_ABREAST = 16;  // filters of a block of the forward kernels

// One element of two pixels' patches meets all filters.
static __device__ __forceinline__ void stemMeet(const float* folded, float u, float v, float (&sum)[2][STEM_ABREAST]) {
#pragma unroll
  for (int f = 0; f < STEM_ABREAST; f += 4) {
    float4 w = *reinterpret_cast<const float4*>(folded + f);
    sum[0][f] = fmaf(w.x, u, sum[0][f]);
    sum[0][f + 1] = fmaf(w.y, u, sum[0][f + 1]);
    sum[0][f + 2] = fmaf(w.z, u, sum[0][f + 2]);
    sum[0][f + 3] = fmaf(w.w, u, sum[0][f + 3]);
    sum[1][f] = fmaf(w.x, v, sum[1][f]);
    sum[1][f + 1] = fmaf(w.y, v, sum[1][f + 1]);
    sum[1][f + 2] = fmaf(w.z, v, sum[1][f + 2]);
    sum[1][f + 3] = fmaf(w.w, v, sum[1][f + 3]);
  }
}

// y, or ẏ: two pixels of each thread meet all filters of the block at once. Of a short patch, of up to TAPS elements, all are on their way
// before the first is waited for; TAPS is 0 for longer ones.
template <bool TANGENT, int TAPS>
static __device__ __forceinline__ void stemForward(const Stem& p) {
  constexpr int COUNT = STEM_ABREAST;
  __shared__ StemFilters<COUNT, TANGENT> filters;
  __shared__ __align__(16) float folded[STEM_TAPS * COUNT];
  __shared__ float shift[COUNT];
  __shared__ Tap taps[STEM_TAPS];
  int groups = (p.filters + COUNT - 1) / COUNT;
  int task = blockIdx.x / (groups * p.slabs);
  int first = blockIdx.x % groups * COUNT;
  int from = blockIdx.x / groups % p.slabs * p.slab;
  int to = min(from + p.slab, p.examples * p.high * p.wide);

  findTaps(p, task, taps);
  filters.template find<256>(p, task, first);
  for (int i = threadIdx.x; i < COUNT * max(p.patch, TAPS); i += 256) {
    int f = i % COUNT;
    int k = i / COUNT;
    if (k >= p.patch) {
      folded[i] = 0.f;
      continue;
    }
    float w = filters.w[f * filters.STRIDE + k];
    folded[i] = TANGENT ? filters.factor(f) * filters.tw[TANGENT ? f * filters.STRIDE + k : 0] + filters.tfactor(TANGENT ? f : 0) * w
                        : filters.factor(f) * w;
  }
  if (threadIdx.x < COUNT) {
    int f = first + threadIdx.x;
    shift[threadIdx.x] = f < p.filters ? at(TANGENT ? p.tshift : p.shift, task)[f] : 0.f;
  }
  __syncthreads();

  const float* x = at(p.x, task);
  const float* y = at(p.y, task) + first * p.y.channel;
  const Plane& target = TANGENT ? p.ty : p.y;
  float* out = at(target, task) + first * target.channel;
  int count = min(COUNT, p.filters - first);
  Walk near(p, from + threadIdx.x, 512);
  Walk far(p, from + threadIdx.x + 256, 512);
  for (int n = from + threadIdx.x; n < to; n += 512) {
    bool both = n + 256 < to;
    const float* here = x + offset(p.x, near);
    const float* there = both ? x + offset(p.x, far) : here;
    // The places of filters are to be found again for each pixel: held in registers they would take the place of other warps.
    int last = count - 1;
    int step = target.channel;
    asm volatile("" : "+r"(last), "+r"(step) : : "memory");
    // Where the rectifier of y was open: all reads are on their way before the first of them is waited for.
    unsigned open[2] = {0, 0};
    if (TANGENT) {
      const float* gates[2] = {y + offset(p.y, near), y + offset(p.y, both ? far : near)};
      float gate[2][COUNT];
#pragma unroll
      for (int i = 0; i < 2 * COUNT; i++) gate[i / COUNT][i % COUNT] = gates[i / COUNT][min(i % COUNT, last) * p.y.channel];
#pragma unroll
      for (int i = 0; i < 2 * COUNT; i++) open[i / COUNT] |= (gate[i / COUNT][i % COUNT] > 0.f ? 1u : 0u) << (i % COUNT);
      // Bits from here on, no longer the numbers that they came from.
      asm volatile("" : "+r"(open[0]), "+r"(open[1]));
    }
    float sum[2][COUNT];
#pragma unroll
    for (int f = 0; f < COUNT; f++) sum[0][f] = sum[1][f] = shift[f];
    if (TAPS > 0) {
      float u[TAPS > 0 ? TAPS : 1], v[TAPS > 0 ? TAPS : 1];
#pragma unroll
      for (int k = 0; k < TAPS; k++) {
        u[k] = here[taps[k].offset];
        v[k] = there[taps[k].offset];
      }
#pragma unroll
      for (int k = 0; k < TAPS; k++) {
        stemMeet(folded + k * COUNT, u[k] - taps[k].mean, v[k] - taps[k].mean, sum);
      }
    } else {
#pragma unroll 3
      for (int k = 0; k < p.patch; k++) {
        Tap tap = taps[k];
        stemMeet(folded + k * COUNT, here[tap.offset] - tap.mean, there[tap.offset] - tap.mean, sum);
      }
    }
#pragma unroll
    for (int i = 0; i < 2; i++) {
      if (i == 1 && !both) continue;
      const Walk& walk = i == 0 ? near : far;
      float* into = out + offset(target, walk);
#pragma unroll
      for (int f = 0; f < COUNT; f++) {
        if (f > last) continue;
        float z = sum[i][f];
        bool passes = TANGENT ? (open[i] >> f & 1u) != 0 : z > 0.f;
        into[f * step] = passes ? z : p.slope * z;
      }
    }
    near.next(p);
    far.next(p);
  }
}

KERNEL(stem_forward_short, 256, Stem) { stemForward<false, 9>(p); }
KERNEL(stem_forward_long, 256, Stem) { stemForward<false, 0>(p); }
KERNEL(stem_tangent_short, 256, Stem) { stemForward<true, 9>(p); }
ROOMY_KERNEL(stem_tangent_long, 256, Stem) { stemForward<true, 0>(p); }

static __device__ __forceinline__ void addTo(const Stem& p, const Rows& v, int task, int i, float x) {
  float* to = at(v, task) + i;
  *to = (p.keep ? *to : 0.f) + p.scale * x;
}

constexpr int STEM_BACK_THREADS = 128;

// The sums of a thread's own numbers over the block, [COUNT, LENGTH] in shared memory, in the same order whatever the card.
template <int COUNT, int LENGTH>
static __device__ __forceinline__ void sumUp(const float (&mine)[COUNT][LENGTH], float* sums) {
  constexpr int TURN = LENGTH % 11 == 0 ? 11 : LENGTH;  // numbers of a filter that are looked at together
  constexpr int STRIDE = STEM_BACK_THREADS + 8;
  static_assert(LENGTH % TURN == 0 && TURN * 8 <= STEM_BACK_THREADS, "each turn is as long");
  __shared__ float all[TURN * STRIDE];
  __shared__ float some[COUNT * LENGTH * 9];
  int place = threadIdx.x / 8;
  int lane = threadIdx.x % 8;
#pragma unroll
  for (int f = 0; f < COUNT; f++) {
#pragma unroll
    for (int from = 0; from < LENGTH; from += TURN) {
      __syncthreads();
#pragma unroll
      for (int i = 0; i < TURN; i++) all[i * STRIDE + threadIdx.x] = mine[f][from + i];
      __syncthreads();
      if (place < TURN) {
        float sum = 0.f;
#pragma unroll
        for (int i = 0; i < STEM_BACK_THREADS / 8; i++) sum += all[place * STRIDE + lane + 8 * i];
        some[(f * LENGTH + from + place) * 9 + lane] = sum;
      }
    }
  }
  __syncthreads();
  for (int i = threadIdx.x; i < COUNT * LENGTH; i += STEM_BACK_THREADS) {
    float sum = 0.f;
#pragma unroll
    for (int j = 0; j < 8; j++) sum += some[i * 9 + j];
    sums[i] = sum;
  }
  __syncthreads();
}

// Gradients, or their tangents, for patches of up to TAPS elements. A thread has pixels of its own and adds up what they bring to COUNT
// filters.
template <int TAPS, int COUNT, bool TANGENT>
static __device__ __forceinline__ void stemBackward(const Stem& p) {
  constexpr int THREADS = STEM_BACK_THREADS;
  constexpr int LENGTH = TAPS + 1;
  __shared__ StemFilters<COUNT, TANGENT> filters;
  __shared__ Tap taps[STEM_TAPS];
  __shared__ float q[COUNT * LENGTH];                 // q, S of this sweep
  __shared__ float qBefore[TANGENT ? COUNT * LENGTH : 1];  // q of the one that the tangent belongs to
  __shared__ float slopes[COUNT];                     // ∂γ·r
  __shared__ float tslopes[TANGENT ? COUNT : 1];
  int groups = (p.filters + COUNT - 1) / COUNT;
  int task = blockIdx.x / groups;
  int first = blockIdx.x % groups * COUNT;
  int count = min(COUNT, p.filters - first);

  findTaps(p, task, taps);
  filters.template find<THREADS>(p, task, first);
  const Plane& errors = TANGENT ? p.tgy : p.gy;
  const float* x = at(p.x, task);
  const float* y = at(p.y, task) + first * p.y.channel;
  const float* gy = at(errors, task) + first * errors.channel;
  float sum[COUNT][LENGTH];
#pragma unroll
  for (int f = 0; f < COUNT; f++)
#pragma unroll
    for (int k = 0; k < LENGTH; k++) sum[f][k] = 0.f;
  Walk walk(p, threadIdx.x, THREADS);
  for (; walk.example < p.examples; walk.next(p)) {
    const float* gate = y + offset(p.y, walk);
    const float* error = gy + offset(errors, walk);
    const float* patch = x + offset(p.x, walk);
    // What is the same for all pixels, taps and the places of filters, is to be found again for each: held in registers it would take the
    // place of other warps.
    int last = count - 1;
    asm volatile("" : "+r"(last) : : "memory");
    // All that is read of a pixel is on its way before the first of it is waited for, but a long patch.
    constexpr bool SHORT = TAPS <= 9;
    float elements[SHORT ? TAPS : 1];
    if (SHORT) {
#pragma unroll
      for (int k = 0; k < TAPS; k++) elements[SHORT ? k : 0] = patch[taps[k].offset];
    }
    float g[COUNT], open[COUNT];
#pragma unroll
    for (int f = 0; f < COUNT; f++) {
      // Beyond the last filter that one is read again and what comes of it thrown away.
      g[f] = error[min(f, last) * errors.channel];
      open[f] = gate[min(f, last) * p.y.channel];
    }
#pragma unroll
    for (int f = 0; f < COUNT; f++) {
      g[f] *= open[f] > 0.f ? 1.f : p.slope;
      sum[f][TAPS] += g[f];
    }
#pragma unroll
    for (int k = 0; k < TAPS; k++) {
      Tap tap = taps[k];
      float u = (SHORT ? elements[SHORT ? k : 0] : patch[tap.offset]) - tap.mean;
#pragma unroll
      for (int f = 0; f < COUNT; f++) sum[f][k] = fmaf(g[f], u, sum[f][k]);
    }
  }
  sumUp<COUNT, LENGTH>(sum, q);

  float* notes = p.sums + ((long long)task * p.filters + first) * (p.patch + 1);
  for (int i = threadIdx.x; i < count * (p.patch + 1); i += THREADS) {
    int f = i / (p.patch + 1);
    int k = i % (p.patch + 1);
    if (TANGENT) {
      qBefore[TANGENT ? f * LENGTH + k : 0] = notes[i];
    } else {
      notes[i] = q[f * LENGTH + (k < p.patch ? k : TAPS)];
    }
  }
  __syncthreads();
  int f = threadIdx.x;
  if (f < count) {
    const float* w = filters.w + f * filters.STRIDE;
    float r = filters.r[f];
    float along = 0.f;  // wᵀq
    float talong = 0.f;
    for (int k = 0; k < p.patch; k++) {
      float before = TANGENT ? qBefore[TANGENT ? f * LENGTH + k : 0] : q[f * LENGTH + k];
      along = fmaf(w[k], before, along);
      if (TANGENT) {
        talong = fmaf(w[k], q[f * LENGTH + k], talong);
        talong = fmaf(filters.tw[TANGENT ? f * filters.STRIDE + k : 0], before, talong);
      }
    }
    float gain = r * along;
    slopes[f] = gain * r;
    if (TANGENT) {
      float tr = filters.tr[TANGENT ? f : 0];
      float tgain = tr * along + r * talong;
      tslopes[TANGENT ? f : 0] = tgain * r + gain * tr;
      gain = tgain;
    }
    addTo(p, p.ggain, task, first + f, gain);
    addTo(p, p.gshift, task, first + f, q[f * LENGTH + TAPS]);
  }
  __syncthreads();
  for (int i = threadIdx.x; i < count * p.patch; i += THREADS) {
    int f = i / p.patch;
    int k = i % p.patch;
    float image = filters.image[f * filters.STRIDE + k];
    float found = q[f * LENGTH + k];
    if (TANGENT) {
      float timage = filters.timage[TANGENT ? f * filters.STRIDE + k : 0];
      float before = qBefore[TANGENT ? f * LENGTH + k : 0] - slopes[f] * image;
      found -= tslopes[TANGENT ? f : 0] * image + slopes[f] * timage;
      found = filters.tfactor(TANGENT ? f : 0) * before + filters.factor(f) * found;
    } else {
      found = filters.factor(f) * (found - slopes[f] * image);
    }
    addTo(p, p.gweight, task, first * p.patch + i, found);
  }
}

// How many filters a block has is known to the host as well.
KERNEL(stem_backward_short, 128, Stem) { stemBackward<9, 4, false>(p); }
KERNEL(stem_backward_long, 128, Stem) { stemBackward<32, 2, false>(p); }
KERNEL(stem_tangent_backward_short, 128, Stem) { stemBackward<9, 4, true>(p); }
KERNEL(stem_tangent_backward_long, 128, Stem) { stemBackward<32, 2, true>(p); }
