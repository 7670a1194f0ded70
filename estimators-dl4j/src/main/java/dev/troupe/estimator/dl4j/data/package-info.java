/** Data sets by name, their seeded splits and their scaling. */
@NullMarked
package dev.troupe.estimator.dl4j.data;

import org.jspecify.annotations.NullMarked;
