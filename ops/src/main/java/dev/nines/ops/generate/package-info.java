/**
 * Files that follow from a declaration: what a {@link dev.nines.ops.generate.Generator} is, what it is given, and how what it
 * returns gets into a directory without writing over what somebody has edited there.
 *
 * <pre>{@code
 * Blueprint blueprint = Blueprint.of(ReliabilityTargets.load(Path.of("reliability.yaml")), "checkout");
 * List<GeneratedFile> files = Generators.generate(blueprint);
 * new OutputDirectory(Path.of("ops")).apply(files, Overwrite.UNTOUCHED);
 * }</pre>
 *
 * <p>A generator is pure: the same blueprint gives the same bytes. Each number that it writes carries its formula in a
 * comment, taken from the explanation through {@link dev.nines.ops.generate.Blueprint#why}, never typed a second time.
 */
@NullMarked
package dev.nines.ops.generate;

import org.jspecify.annotations.NullMarked;
