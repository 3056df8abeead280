package org.isthmus.mappings.json;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * What reading a file gave: a value, or all its problems at once.
 *
 * @param <T> the value
 */
public sealed interface Reading<T> {

    /** The file is good. */
    record Good<T>(T value) implements Reading<T> {}

    /**
     * The file is not used.
     *
     * @param problems at least one; the files in the order given, each from its beginning
     */
    record Bad<T>(List<MappingProblem> problems) implements Reading<T> {

        public Bad {
            List<String> files =
                    problems.stream().map(MappingProblem::file).distinct().toList();
            problems = problems.stream()
                    .distinct()
                    .sorted(Comparator.comparingInt((MappingProblem p) -> files.indexOf(p.file()))
                            .thenComparingInt(MappingProblem::line)
                            .thenComparingInt(MappingProblem::column))
                    .toList();
        }
    }

    /** Both outcomes, each to its own function. */
    default <R> R fold(Function<? super T, ? extends R> good, Function<? super List<MappingProblem>, ? extends R> bad) {
        if (this instanceof Good<T> read) {
            return good.apply(read.value());
        }
        return bad.apply(((Bad<T>) this).problems());
    }
}
