package io.engram.experiments.tables;

import io.engram.core.task.ExampleSet;

/** Rows of one key: the first half to learn from, the second to be asked. */
record KeyedTask(ExampleSet support, ExampleSet query) {}
