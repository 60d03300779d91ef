package io.engram.engine.cuda;

/** Episodes of one size: they go through the network side by side. */
record GroupShape(int tasks, int support, int query) {

  /** The same with another number of tasks. */
  GroupShape with(int newTasks) {
    return new GroupShape(newTasks, support, query);
  }
}
