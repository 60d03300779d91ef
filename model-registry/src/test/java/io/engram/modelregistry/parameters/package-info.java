@NullMarked
package io.engram.modelregistry.parameters;

import org.jspecify.annotations.NullMarked;
