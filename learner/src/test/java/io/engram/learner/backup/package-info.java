@NullMarked
package io.engram.learner.backup;

import org.jspecify.annotations.NullMarked;
