@NullMarked
package io.engram.modelregistry.image;

import org.jspecify.annotations.NullMarked;
