/** Whether the boundaries between tasks are found in streams that do not say where they are. */
@NullMarked
package io.engram.experiments.boundaries;

import org.jspecify.annotations.NullMarked;
