package bpfmc.explorer.condition;

import bpfmc.explorer.property.Property;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.system.exact.TargetCondition;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A condition of a scenario file, judged where the file says.
 *
 * @param name in reports @param when it must hold @param text as written
 */
public record UserProperty(String name, When when, Condition condition, String text, Scenario scenario) implements Property.OfState, UserExplanation {

    @Override
    public String page() {
        return UserExplanation.super.page();
    }

    @Override
    public boolean concerns(Run run) {
        return when != When.FINALLY || run.state().operation() instanceof VisibleOperation.End;
    }

    @Override
    public boolean onlyTerminal() {
        return when == When.FINALLY;
    }

    @Override
    public ImmutableList<Observation> judge(Snapshot state, boolean terminal) {
        Contents contents = contents(state);
        boolean due = switch (when) {
            case FINALLY -> terminal && nobodyActive(state);
            case ALWAYS -> true;
            case LOCK_FREE -> condition.places().allSatisfy(contents::unlocked);
        };
        if (!due) {
            return Lists.immutable.empty();
        }
        return contents.unknown(condition).<ImmutableList<Observation>>map(p -> Lists.immutable.with(unknown(p)))
                .orElseGet(() -> new NegatedCondition(contents).of(condition).isEmpty() ? Lists.immutable.empty() : Lists.immutable.with(finding(state)));
    }

    private Contents contents(Snapshot state) {
        return new Contents(state.memory(), scenario.cpus(), state::element, state::bindings,
                scenario.agents().collectWithIndex((a, run) -> state.run(run).state()));
    }

    private static boolean nobodyActive(Snapshot state) {
        for (int agent = 0; agent < state.agents(); agent++) {
            if (state.active(agent)) {
                return false;
            }
        }
        return true;
    }

    /** At the places where the runs have ended; conditions on other moments are about no place, so where the programs begin. */
    private Finding finding(Snapshot state) {
        Subject subject = condition.places().getFirstOptional().map(p -> new Subject(p.map(), p.offset(), p.size())).orElse(Subject.NOTHING);
        ImmutableList<Place> places = Lists.immutable.withAll(IntStream.range(0, state.agents()).mapToObj(state::run).toList())
                .collect(run -> place(run.program(), when == When.FINALLY ? run.state().pc() : 0)).distinct();
        return new Finding(this, Level.ERROR, subject, places.toSortedList().toImmutable());
    }

    private static Place place(BpfProgram program, int slot) {
        int inside = Math.max(0, slot);
        return new Place(program.name(), program.functionAt(inside).name(), inside, Place.Act.END);
    }

    private Gap unknown(Condition.Place place) {
        var program = scenario.agents().getFirst().program();
        return new Gap(name + " '" + text + "': whether " + place.text() + " is in the map is not known, as keys are; say 'initially' what it holds",
                program.name(), program.functionAt(0).name(), 0);
    }

    /**
     * {@return the condition and what it reads in a state, when unknowns have these values}
     *
     * @param ends the runs as they are then with nothing forgotten, none when that is not known
     */
    public String told(Snapshot state, Map<Symbol, Long> inputs, ImmutableList<PrivateState> ends) {
        Contents contents = contents(state);
        ImmutableList<String> held = condition.places().distinct().collect(p -> held(contents, p, inputs));
        ImmutableList<String> returned = ends.isEmpty() ? Lists.immutable.empty()
                : condition.returned().distinct().collect(r -> returned(contents.withRuns(ends), r, inputs));
        return when.word() + " " + text + " does not hold" + (held.isEmpty() && returned.isEmpty() ? "" : ": ")
                + held.newWithAll(returned).makeString(", ");
    }

    private static String held(Contents contents, Condition.Place place, Map<Symbol, Long> inputs) {
        if (contents.presence(place) == Contents.Presence.ABSENT) {
            return place.text() + " is not in the map";
        }
        long value = Terms.evaluate(contents.value(place), s -> inputs.getOrDefault(s, 0L));
        return place.text() + " is " + (place.signed() ? String.valueOf(value) : Long.toUnsignedString(value));
    }

    private static String returned(Contents contents, Condition.Number.Returned runs, Map<Symbol, Long> inputs) {
        return contents.returned(runs).map(t -> runs.text() + " is " + Terms.evaluate(t, s -> inputs.getOrDefault(s, 0L)))
                .orElse(runs.text() + " is nothing, since the run was sent away");
    }

    /** {@return whether states that differ in the numbers of CPUs only may differ in it: it asks some runs of a program, not all} */
    public boolean tellsCpusApart() {
        ImmutableList<String> programs = scenario.agents().collect(a -> a.program().name());
        return condition.returned().anySatisfy(r -> r.runs().size() < programs.count(p -> p.equals(programs.get(r.runs().getFirst()))));
    }

    /** {@return what inputs must do to show that the condition fails at the end of a path} */
    public TargetCondition refuted(MemoryModel memory) {
        return (view, runs) -> new NegatedCondition(new Contents(memory, scenario.cpus(), view::element, view::bindings, runs)).of(condition);
    }
}
