// All kernels of the engine, one unit to compile.
#include "target.cuh"

#include "product.cuh"

#include "dense.cuh"
#include "layers.cuh"
#include "loss.cuh"
#include "norm.cuh"
#include "stem.cuh"
#include "steps.cuh"
#include "tensor.cuh"

// A deeper piece means fewer barriers; only Hopper's compiler keeps it in registers.
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ == 900
#define LARGE_DEPTH 16
#else
#define LARGE_DEPTH 8
#endif

PRODUCTS(product_large, 128, 3, 64, 128, LARGE_DEPTH, 8, 8)
PRODUCTS(product_medium, 64, 5, 64, 64, 8, 8, 8)
PRODUCTS(product_small, 64, 8, 32, 32, 8, 4, 4)

// Turing's tensor cores take no TF32.
#if defined(ENGRAM_SHIM) || !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 800
TENSOR_PRODUCTS(large, 256, 2, 64, 128, 32, 32)
TENSOR_PRODUCTS(medium, 128, 3, 64, 64, 32, 32)
TENSOR_PRODUCTS(small, 64, 8, 32, 32, 16, 32)
#endif
