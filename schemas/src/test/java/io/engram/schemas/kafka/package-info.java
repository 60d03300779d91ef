@NullMarked
package io.engram.schemas.kafka;

import org.jspecify.annotations.NullMarked;
