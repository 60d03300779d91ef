@NullMarked
package io.engram.modelregistry.http;

import org.jspecify.annotations.NullMarked;
