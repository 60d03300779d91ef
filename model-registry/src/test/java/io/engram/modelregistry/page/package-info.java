@NullMarked
package io.engram.modelregistry.page;

import org.jspecify.annotations.NullMarked;
