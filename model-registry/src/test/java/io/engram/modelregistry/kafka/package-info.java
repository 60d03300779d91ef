@NullMarked
package io.engram.modelregistry.kafka;

import org.jspecify.annotations.NullMarked;
