@NullMarked
package io.engram.modelregistry;

import org.jspecify.annotations.NullMarked;
