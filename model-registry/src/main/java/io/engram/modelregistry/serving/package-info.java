/** Answers for whoever holds no version: few labeled rows and questions in, answers out, and no more at a time than can be borne. */
@NullMarked
package io.engram.modelregistry.serving;

import org.jspecify.annotations.NullMarked;
