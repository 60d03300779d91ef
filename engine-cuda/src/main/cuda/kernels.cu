// All kernels of the engine, one unit to compile.
#include "target.cuh"

#include "product.cuh"

#include "dense.cuh"
#include "layers.cuh"
#include "loss.cuh"
#include "norm.cuh"
#include "stem.cuh"
#include "steps.cuh"

// Blocks that are to fit on a multiprocessor at once: as many as leave every thread its registers. On sm_90 medium ones
// crowd, for which threads put a few numbers aside; see KernelsTest.
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 1000
constexpr int LARGE_AT_ONCE = 2;
#else
constexpr int LARGE_AT_ONCE = 3;
#endif
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ != 900
constexpr int MEDIUM_AT_ONCE = 4;
#else
constexpr int MEDIUM_AT_ONCE = 5;
#endif

PRODUCTS(product_large, 128, LARGE_AT_ONCE, 64, 128, 8, 8)
PRODUCTS(product_medium, 64, MEDIUM_AT_ONCE, 64, 64, 8, 8)
PRODUCTS(product_small, 64, 8, 32, 32, 4, 4)
