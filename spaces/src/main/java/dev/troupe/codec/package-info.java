/**
 * How the vocabulary of studies is written as bytes, on disk and between machines: facts,
 * suggestions, trials, measurements. Each fact carries its kind and version; what an old version
 * wrote stays readable for ever.
 */
@NullMarked
package dev.troupe.codec;

import org.jspecify.annotations.NullMarked;
