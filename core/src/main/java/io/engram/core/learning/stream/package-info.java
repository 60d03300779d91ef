/** Learning from the single examples in tasks, one piece of a stream after another, by a continual learner. */
@NullMarked
package io.engram.core.learning.stream;

import org.jspecify.annotations.NullMarked;
