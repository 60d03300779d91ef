@NullMarked
package io.engram.experiments.tables;

import org.jspecify.annotations.NullMarked;
