/** What an evaluation costs, by how much of the real thing it spends; learned from evaluations. */
@NullMarked
package dev.troupe.estimator.cost;

import org.jspecify.annotations.NullMarked;
