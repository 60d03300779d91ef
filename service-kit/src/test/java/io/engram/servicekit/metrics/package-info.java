@NullMarked
package io.engram.servicekit.metrics;

import org.jspecify.annotations.NullMarked;
