@NullMarked
package io.engram.learner.kafka;

import org.jspecify.annotations.NullMarked;
