/** What is learned from: labelled examples, tasks, and where in the log a task stood. */
@NullMarked
package io.engram.core.task;

import org.jspecify.annotations.NullMarked;
