// All kernels of the engine, one unit to compile.
#include "target.cuh"

#include "product.cuh"

#include "dense.cuh"
#include "layers.cuh"
#include "loss.cuh"
#include "norm.cuh"
#include "stem.cuh"
#include "steps.cuh"

PRODUCTS(product_large, 128, 3, 64, 128, 8, 8)
PRODUCTS(product_medium, 64, 5, 64, 64, 8, 8)
PRODUCTS(product_small, 64, 8, 32, 32, 4, 4)
