/** The service that meta-learns from tasks without stopping and without forgetting. */
@NullMarked
package io.engram.learner;

import org.jspecify.annotations.NullMarked;
