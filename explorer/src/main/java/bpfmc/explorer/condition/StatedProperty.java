package bpfmc.explorer.condition;

import bpfmc.explorer.property.Property;
import bpfmc.explorer.scenario.Run;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Snapshot;
import bpfmc.explorer.scenario.Wanted;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Gap;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.memory.MemoryModel;
import bpfmc.model.thread.VisibleOperation;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import bpfmc.model.program.BpfProgram;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * A condition of a scenario file, judged where the file says.
 *
 * @param name in reports @param when it must hold @param text as written
 */
public record StatedProperty(String name, When when, Condition condition, String text, Scenario scenario) implements Property.OfState {

    /** Where a condition must hold. */
    public enum When {
        /** When all runs have ended. */
        FINALLY("finally"),
        /** At every moment. */
        ALWAYS("always"),
        /** Whenever no lock of the elements that it reads is owned. */
        LOCK_FREE("lock-free");

        private final String word;

        When(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    @Override
    public boolean concerns(Run run) {
        return when != When.FINALLY || run.state().operation() instanceof VisibleOperation.End;
    }

    @Override
    public ImmutableList<Observation> judge(Snapshot state, boolean terminal) {
        Contents contents = new Contents(state.memory(), scenario.cpus(), state::element, state::bindings);
        boolean due = switch (when) {
            case FINALLY -> terminal && nobodyActive(state);
            case ALWAYS -> true;
            case LOCK_FREE -> condition.places().allSatisfy(contents::unlocked);
        };
        if (!due) {
            return Lists.immutable.empty();
        }
        return contents.unknown(condition).<ImmutableList<Observation>>map(p -> Lists.immutable.with(unknown(p)))
                .orElseGet(() -> new Refutation(contents).of(condition).isEmpty() ? Lists.immutable.empty() : Lists.immutable.with(finding(state)));
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
        Condition.Place first = condition.places().getFirst();
        ImmutableList<Place> places = Lists.immutable.withAll(IntStream.range(0, state.agents()).mapToObj(state::run).toList())
                .collect(run -> place(run.program(), when == When.FINALLY ? run.state().pc() : 0)).distinct();
        return new Finding(name, Level.ERROR, new Subject(first.map(), first.offset(), first.size()), places.toSortedList().toImmutable());
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

    /** {@return the condition and what its places hold in a state, when unknowns have these values} */
    public String told(Snapshot state, Map<Symbol, Long> inputs) {
        Contents contents = new Contents(state.memory(), scenario.cpus(), state::element, state::bindings);
        return when.word() + " " + text + " does not hold: " + condition.places().distinct().collect(p -> held(contents, p, inputs)).makeString(", ");
    }

    private static String held(Contents contents, Condition.Place place, Map<Symbol, Long> inputs) {
        if (contents.presence(place) == Contents.Presence.ABSENT) {
            return place.text() + " is not in the map";
        }
        long value = Terms.evaluate(contents.value(place), s -> inputs.getOrDefault(s, 0L));
        return place.text() + " is " + (place.signed() ? String.valueOf(value) : Long.toUnsignedString(value));
    }

    /** {@return what inputs must do to show that the condition fails at the end of a path} */
    public Wanted refuted(MemoryModel memory) {
        return view -> new Refutation(new Contents(memory, scenario.cpus(), view::element, view::bindings)).of(condition);
    }
}
