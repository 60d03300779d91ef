#include "shim.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <ucontext.h>
#include <vector>

Index3 threadIdx, blockIdx, blockDim, gridDim;
float* dynamicShared;

namespace {

constexpr int STACK = 64 << 10;
constexpr int MOST_THREADS = 1024;

// A fibre lives as long as the library and runs one thread of block after block. Contexts make the stacks; jumps, which ask the kernel for
// nothing, change between them.
struct Fibre {
  std::vector<char> stack;
  ucontext_t context;
  jmp_buf here;
  bool begun = false;
  bool done = false;
};

std::vector<std::unique_ptr<Fibre>> fibres;
jmp_buf scheduler;
int current;
void (*theBody)(const void*);
const void* theParameters;

void pause() {
  int me = current;
  if (_setjmp(fibres[me]->here) == 0) _longjmp(scheduler, 1);
}

void enter() {
  for (;;) {
    theBody(theParameters);
    fibres[current]->done = true;
    pause();
  }
}

void resume(int thread) {
  current = thread;
  threadIdx = {thread, 0, 0};
  if (_setjmp(scheduler) == 0) {
    Fibre& fibre = *fibres[thread];
    if (fibre.begun) _longjmp(fibre.here, 1);
    fibre.begun = true;
    setcontext(&fibre.context);
  }
}

void makeFibres(int threads) {
  while ((int)fibres.size() < threads) {
    fibres.push_back(std::make_unique<Fibre>());
    Fibre& fibre = *fibres.back();
    fibre.stack.resize(STACK);
    getcontext(&fibre.context);
    fibre.context.uc_stack.ss_sp = fibre.stack.data();
    fibre.context.uc_stack.ss_size = STACK;
    fibre.context.uc_link = nullptr;
    makecontext(&fibre.context, enter, 0);
  }
}

void runBlock(int threads) {
  for (int i = 0; i < threads; i++) fibres[i]->done = false;
  for (bool more = true; more;) {
    more = false;
    for (int i = 0; i < threads; i++) {
      if (!fibres[i]->done) {
        resume(i);
        more = more || !fibres[i]->done;
      }
    }
  }
}

}  // namespace

void barrier() { pause(); }

void runGrid(void (*body)(const void*), const void* parameters, int blocksX, int blocksY, int threads, int sharedBytes) {
  if (threads > MOST_THREADS) {
    fprintf(stderr, "a block has at most %d threads, found %d\n", MOST_THREADS, threads);
    abort();
  }
  makeFibres(threads);
  std::vector<float> shared(sharedBytes / sizeof(float) + 4);
  theBody = body;
  theParameters = parameters;
  blockDim = {threads, 1, 1};
  gridDim = {blocksX, blocksY, 1};
  for (int y = 0; y < blocksY; y++) {
    for (int x = 0; x < blocksX; x++) {
      blockIdx = {x, y, 0};
      // What a kernel finds in shared memory is anything but what it left there.
      std::fill(shared.begin(), shared.end(), NAN);
      dynamicShared = (float*)(((size_t)shared.data() + 15) & ~(size_t)15);
      runBlock(threads);
    }
  }
}
