package bpfmc.explorer.secondopinion;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Finished;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.secondopinion.enumerator.Enumerator;
import bpfmc.explorer.secondopinion.enumerator.Enumerator.End;
import bpfmc.explorer.secondopinion.enumerator.NotEnumerated;
import bpfmc.explorer.secondopinion.enumerator.Setup.Unknowns.Source;
import bpfmc.explorer.system.Systems;
import bpfmc.explorer.system.exact.FinalContents;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.value.Solver;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How a system can end, with all unknown numbers given: what bpfmc and the enumerator say. */
record Ends(Set<End> enumerated, Set<End> explored) {
    private static final int MOST_WORLDS = 3_000;
    private static final Limits MOST_STATES = Limits.NONE.withMaxStates(20_000);

    /** {@return both; empty where there are too many states} */
    static Optional<Ends> of(Scenario scenario, Given given) {
        Set<End> enumerated = new HashSet<>();
        try {
            Enumerator.enumerate(Translation.of(scenario, given).orElseThrow(), MOST_WORLDS).ends().forEach(e -> enumerated.add(filled(scenario, e, given)));
        } catch (NotEnumerated e) {
            return Optional.empty();
        }
        return Systems.unforgetting(scenario, system -> {
            Set<FinalContents> all = new HashSet<>();
            var outcome = Search.explore(system, (state, terminal, sink) -> {
                if (terminal) {
                    all.add(FinalContents.of(system, state));
                }
            }, MOST_STATES, Progress.NONE);
            Set<End> explored = new HashSet<>();
            all.forEach(f -> end(scenario, f, given).ifPresent(explored::add));
            return outcome.end() instanceof Finished ? Optional.of(new Ends(enumerated, explored)) : Optional.<Ends>empty();
        });
    }

    /** {@return what every element of an array holds where nobody has stored anything} */
    private static Map<String, List<Integer>> untouched(Scenario scenario, Given given) {
        Map<String, List<Integer>> contents = new TreeMap<>();
        for (MapDefinition map : scenario.object().maps()) {
            for (long i = 0; map.type() != bpfmc.model.kernel.MapType.HASH && i < map.maxEntries(); i++) {
                for (int cpu = 0; cpu < (map.type().perCpu() ? scenario.cpus() : 1); cpu++) {
                    contents.put(map.index() + "/" + i + "/" + cpu, value(map, given));
                }
            }
        }
        return contents;
    }

    private static List<Integer> value(MapDefinition map, Given given) {
        List<Integer> bytes = new ArrayList<>();
        for (int i = 0; i < map.valueSize(); i++) {
            bytes.add((int) given.numbers(Source.MEMORY, -1, i, 1)[0]);
        }
        return bytes;
    }

    private static End filled(Scenario scenario, End end, Given given) {
        Map<String, List<Integer>> contents = untouched(scenario, given);
        end.contents().forEach((where, bytes) -> {
            List<Integer> all = value(scenario.object().maps().get(Integer.parseInt(where.split("/")[0])), given);
            for (int i = 0; i < bytes.size(); i++) {
                all.set(i, bytes.get(i) < 0 ? all.get(i) : bytes.get(i));
            }
            contents.put(where, bytes.isEmpty() ? List.of() : all);
        });
        return new End(contents, end.ended());
    }

    /** {@return the end that this is with the given numbers; empty when they do not lead there} */
    private static Optional<End> end(Scenario scenario, FinalContents f, Given given) {
        Map<Symbol, Long> values = new HashMap<>();
        Consumer<Term> note = t -> Terms.forEachSymbol(t, s -> values.put(s, number(s, given)));
        f.literals().each(l -> {
            note.accept(l.comparison().left());
            note.accept(l.comparison().right());
        });
        f.bounds().each(b -> note.accept(b.term()));
        if (Solver.violated(f.literals().toList(), f.bounds().toList(), values).isPresent()) {
            return Optional.empty();
        }
        Map<String, List<Integer>> contents = untouched(scenario, given);
        f.contents().each(c -> {
            if (c.keys().notEmpty()) {
                var words = c.keys().getAny().words().collect(w -> Terms.evaluate(w, s -> number(s, given)));
                MapDefinition map = scenario.object().maps().get(c.map());
                List<Integer> bytes = value(map, given);
                c.cells().ifPresent(cells -> cells.cells().each(x -> {
                    for (int i = 0; i < x.size(); i++) {
                        bytes.set(x.offset() + i, (int) Terms.evaluate(Terms.extract(((Value.Scalar) x.value()).term(), i, 1), s -> number(s, given)));
                    }
                }));
                contents.put(c.map() + "/" + words.getFirst() + "/" + (words.size() > 1 ? words.getLast() : 0), c.cells().isPresent() ? bytes : List.of());
            }
        });
        return Optional.of(new End(contents, f.ended()));
    }

    private static long number(Symbol s, Given given) {
        return switch (s.kind()) {
            case ELEMENT -> given.numbers(Source.MEMORY, -1, s.detail(), s.bytes())[0];
            case CONTEXT -> given.numbers(Source.CONTEXT, s.owner(), s.detail(), s.bytes())[0];
            default -> throw new IllegalStateException("an unknown number that nobody gives: " + s);
        };
    }

    Set<End> onlyEnumerated() {
        Set<End> only = new HashSet<>(enumerated);
        only.removeAll(explored);
        return only;
    }

    Set<End> onlyExplored() {
        Set<End> only = new HashSet<>(explored);
        only.removeAll(enumerated);
        return only;
    }
}
