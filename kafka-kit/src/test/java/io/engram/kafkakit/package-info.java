@NullMarked
package io.engram.kafkakit;

import org.jspecify.annotations.NullMarked;
