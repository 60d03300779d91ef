@NullMarked
package io.engram.modelregistry.gate;

import org.jspecify.annotations.NullMarked;
