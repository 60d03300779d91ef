@NullMarked
package io.engram.predict.kafka;

import org.jspecify.annotations.NullMarked;
