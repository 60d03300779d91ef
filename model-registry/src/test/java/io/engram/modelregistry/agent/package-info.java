@NullMarked
package io.engram.modelregistry.agent;

import org.jspecify.annotations.NullMarked;
