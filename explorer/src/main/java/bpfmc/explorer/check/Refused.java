package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.verdict.ExplorationFigures;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.rules.Finding;
import bpfmc.model.rules.Judgement;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** Scenarios with a program that the kernel would not load: they are not explored. */
public final class Refused {
    private Refused() {}

    /** {@return the result of a scenario with refused programs, empty when the kernel loads them all} */
    public static Optional<ScenarioResult> by(Judgement judgement, Scenario scenario) {
        ImmutableList<String> programs = scenario.agents().flatCollect(a -> loaded(a.program())).distinct();
        ImmutableList<Finding> findings = judgement.maps().newWithAll(judgement.programs().select(p -> programs.contains(p.name()))
                .flatCollect(Judgement.OfProgram::findings)).select(Finding::rejects);
        return findings.isEmpty() ? Optional.empty() : Optional.of(new ScenarioResult(scenario.name(),
                Participants.of(scenario),
                new Verdict.Rejected(findings), ExplorationFigures.NONE));
    }

    /** {@return the programs that are loaded for this one: the callback of a timer is a part of another} */
    private static Iterable<String> loaded(BpfProgram program) {
        return program.async().isPresent() ? program.entries().keysView() : Lists.immutable.with(program.name());
    }

    /** {@return the programs of the object that a run of this one can go through: itself, those that its tail calls reach, what a callback is a part of} */
    public static ImmutableList<String> parts(BpfProgram program) {
        return Lists.immutable.with(program.name()).newWithAll(program.entries().keysView()).distinct();
    }

    /** {@return for each program that the rules could not judge to its end, that this is so} */
    public static ImmutableList<String> notJudged(Judgement judgement) {
        return judgement.programs().select(p -> p.gap().isPresent() && !p.rejected()).collect(p -> "the lock rules accept " + p.name()
                + ", which was not judged to its end: " + p.gap().get().what());
    }
}
