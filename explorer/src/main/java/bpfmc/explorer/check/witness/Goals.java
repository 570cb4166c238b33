package bpfmc.explorer.check.witness;

import bpfmc.explorer.property.Property;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.system.exact.ExactSystem;
import bpfmc.explorer.system.exact.TargetCondition;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Observation;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.bits.Conditions;
import bpfmc.model.value.bits.Decision;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.eclipse.collections.api.list.ImmutableList;

/** The states that show one of some findings and that inputs lead to. Remembers what was decided, and what could not be. */
final class Goals {
    private final ExactSystem exact;
    private final PropertyJudge judge;
    private final ImmutableList<Finding> findings;
    private final BiFunction<ExactSystem, Finding, TargetCondition> wanted;
    private final Set<Gap> known;
    private Optional<String> doubt = Optional.empty();

    /** @param wanted what a finding asks of inputs besides @param known what the runs are known to reach that is not modelled */
    Goals(ExactSystem exact, ImmutableList<Property> properties, ImmutableList<Finding> findings, BiFunction<ExactSystem, Finding, TargetCondition> wanted,
            Set<Gap> known) {
        this.exact = exact;
        this.judge = new PropertyJudge(exact.system(), properties);
        this.findings = findings;
        this.wanted = wanted;
        this.known = known;
    }

    /** A way to a finding. @param values inputs that lead there @param ends the runs as they are then, by agent */
    record Reached(ExactSystem exact, Path path, Finding finding, Map<Symbol, Long> values, ImmutableList<PrivateState> ends) {}

    /** {@return what keeps a search that has found nothing from meaning that there is nothing} */
    Optional<String> doubt() {
        return doubt;
    }

    boolean reached(int[] state, boolean terminal) {
        Set<Finding> shown = shown(state, terminal);
        return findings.anySatisfy(f -> shown.contains(f) && inputs(exact.conditions(state, wanted.apply(exact, f)), (values, conditions) -> values).isPresent());
    }

    /** {@return the way to a finding, none when its history closes it} @param path to one of the states looked for */
    Optional<Reached> at(Path path) {
        int[] last = path.last().toArray();
        boolean[] terminal = {true};
        exact.successors(last, (actor, choice, successor) -> terminal[0] = false);
        Set<Finding> shown = shown(last, terminal[0]);
        return findings.select(shown::contains).stream().flatMap(f -> inputs(exact.conditions(path, wanted.apply(exact, f)), (values, conditions) -> exact.visible(values, conditions, last))
                .map(values -> new Reached(exact, exact.path(path), f, values, exact.runs(last))).stream()).findFirst();
    }

    private Set<Finding> shown(int[] state, boolean terminal) {
        Set<Finding> shown = new HashSet<>();
        judge.judge(exact.state(state), terminal, (Observation o) -> {
            switch (o) {
                case Finding f -> shown.add(f);
                case Gap gap -> doubt = known.contains(gap) ? doubt
                        : Optional.of("with all conditions known, " + gap.program() + " is not followed to its end: " + gap.what());
            }
        });
        return shown;
    }

    /** @param chosen what is made of values that satisfy conditions */
    private Optional<Map<Symbol, Long>> inputs(ImmutableList<Conditions> alternatives, BiFunction<Map<Symbol, Long>, Conditions, Map<Symbol, Long>> chosen) {
        for (Conditions conditions : alternatives) {
            switch (exact.decide(conditions)) {
                case Decision.Satisfied s -> {
                    return Optional.of(chosen.apply(s.values(), conditions));
                }
                case Decision.Contradiction c -> { }
                case Decision.Undecided u -> doubt = Optional.of(u.limit());
            }
        }
        return Optional.empty();
    }
}
