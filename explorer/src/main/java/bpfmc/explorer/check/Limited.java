package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.verdict.ExplorationFigures;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Reason;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.eclipse.collections.impl.factory.Lists;

/** A limit that ended a search, as a reason for the user, with what drove the number of states. */
final class Limited {
    /** A program with so many private states is what drives the search, with fewer it is how many run at once. */
    private static final int MANY = 1_000;

    private Limited() {}

    static Reason by(LimitReached limit, BpfSystem system) {
        return new Reason.Limit(limit.figure(), switch (limit.kind()) {
            case STATES -> "raise --max-states; " + hint(system);
            case MEMORY -> "raise --max-memory; " + hint(system);
            case TIME -> "raise --timeout; " + hint(system);
            case INTERRUPTED -> "let it finish";
        }, strain(limit));
    }

    /** {@return what is said of a scenario whose search was not begun, or is lost} @param limit why */
    static ScenarioResult without(Scenario scenario, LimitReached limit) {
        Reason reason = new Reason.Limit(limit.figure(), "nothing of it was explored: " + switch (limit.kind()) {
            case STATES -> "raise --max-states";
            case MEMORY -> "raise --max-memory, or choose fewer programs with --program";
            case TIME -> "raise --timeout, or choose fewer programs with --program";
            case INTERRUPTED -> "let it finish";
        }, strain(limit));
        return new ScenarioResult(scenario.name(), Participants.of(scenario), new Verdict.Inconclusive(Lists.immutable.with(reason)), ExplorationFigures.NONE);
    }

    private static Reason.Strain strain(LimitReached limit) {
        return switch (limit.kind()) {
            case STATES -> Reason.Strain.NOTHING;
            case MEMORY -> Reason.Strain.MEMORY;
            case TIME, INTERRUPTED -> Reason.Strain.TIME;
        };
    }

    /** {@return which agent, or which number of agents, makes the states many, and what would make them fewer} */
    private static String hint(BpfSystem system) {
        Scenario scenario = system.scenario();
        int most = IntStream.range(0, scenario.agents().size()).boxed().max(Comparator.comparingInt(system::privateStates)).orElseThrow();
        String program = scenario.agents().get(most).program().name();
        String states = String.format(Locale.ROOT, "%,d private states", system.privateStates(most));
        if (system.privateStates(most) >= MANY) {
            return program + " drives it, with " + states + ": " + DrivingInput.of(system, most)
                    .map(name -> "narrow its inputs in a scenario file ('inputs: {" + name + ": 0..3}')")
                    .orElse("no input that a scenario file could narrow tells them apart");
        }
        String agents = scenario.agents().size() + " runs on " + scenario.cpus() + (scenario.cpus() == 1 ? " CPU" : " CPUs");
        return "the interleavings of " + agents + " drive it (" + program + " has " + states + "): try fewer, with "
                + (scenario.agents().size() > scenario.cpus() ? "--runs, --interrupts or --cpus" : "--cpus");
    }
}
