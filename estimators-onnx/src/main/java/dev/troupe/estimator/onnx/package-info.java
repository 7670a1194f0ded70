/**
 * The {@code surrogate} estimator: a model in ONNX format that predicts what an evaluation would
 * have given, in the folder format of YAHPO Gym (Pfisterer et al., AutoML-Conf 2022,
 * https://github.com/slds-lmu/yahpo_gym).
 *
 * <p>A folder is a scenario. It holds {@code model.onnx} with the inputs {@code x_cat} (int32, [n,
 * categories]) and {@code x_cont} (float32, [n, numbers]) and one output (float32, [n, targets]);
 * {@code encoding.json}, which gives each choice its number; and {@code config_space.json}, a space
 * as the Python library ConfigSpace writes it. An inactive choice is passed as {@code #na#}, an
 * inactive number as 0. No file tells the order of the numbers and of the targets: it is known for
 * some scenarios, and told in the study file for others.
 */
@NullMarked
package dev.troupe.estimator.onnx;

import org.jspecify.annotations.NullMarked;
