package bpfmc.explorer.condition;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.Start;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.model.InputException;
import bpfmc.model.machine.InputRange;
import bpfmc.model.memory.Given;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.value.Symbol;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * What a scenario file states of an object's memory, as text that nobody has held against the object yet.
 *
 * @param initially what fields hold at first @param inputs ranges of context fields and of functions' results
 * @param differ context fields that hold another value for each agent @param conditions what must hold later
 */
public record ScenarioConditions(ImmutableList<Holds> initially, ImmutableList<Holds> inputs, ImmutableList<Holds> differ, ImmutableList<Must> conditions) {
    /** Nothing. */
    public static final ScenarioConditions NOTHING = new ScenarioConditions(Lists.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty(), Lists.immutable.empty());

    /** What {@code initially} says of an element that is not in its map. */
    public static final String ABSENT = "absent";

    /** @param field "hash_map[0].cnt", "flows[7]", "skb->mark" @param value a number, {@link #ABSENT}, of an input a range @param place "file:line:column" */
    public record Holds(String field, String value, String place) {}

    /** @param place "file:line:column" */
    public record Must(When when, String text, String place) {}

    /** {@return what is known at first} @param programs that are explored @throws InputException with the place of what names nothing, or contradicts what stands before it */
    public Start start(BpfObject object, ImmutableList<BpfProgram> programs) {
        var fields = new InputFields(object);
        var results = new InputResults(programs);
        return new Start(given(object), inputs.reject(i -> InputResults.named(i.field())).flatCollect(i -> at(i.place(), () -> fields.of(i.field(), i.value()))),
                inputs.select(i -> InputResults.named(i.field())).collect(i -> at(i.place(), () -> results.of(i.field(), i.value()))),
                differ.collect(d -> at(d.place(), () -> fields.anyOf(d.field()))));
    }

    /** {@return what is assumed of the context of one agent} @throws InputException with the place of what names nothing of its program */
    public static ImmutableList<InputRange> of(BpfObject object, BpfProgram program, ImmutableList<Holds> inputs) {
        return inputs.flatCollect(i -> at(i.place(), () -> {
            ImmutableList<InputRange> ranges = new InputFields(object).of(i.field(), i.value()).select(r -> r.program().equals(program.name())).collect(Start.Input::range);
            if (ranges.isEmpty()) {
                throw new InputException("program " + program.name() + " has no input '" + i.field() + "'");
            }
            return ranges;
        }));
    }

    /** {@return the names by which a scenario file can give a range to what this unknown of a program stands for; none for one that has none} */
    public static ImmutableList<String> names(BpfProgram program, Symbol unknown) {
        return switch (unknown.kind()) {
            case CONTEXT -> InputFields.names(program, unknown.detail());
            case FRESH, EXPORTED, CONSTANT_RESULT -> InputResults.names(program, unknown);
            case PACKET, ELEMENT, TASK, READ_ONLY, ADDRESS, UNWRITTEN, KERNEL_SYMBOL, UNFOLLOWED, MONOTONIC_CLOCK, BOOT_CLOCK, COARSE_CLOCK, TAI_CLOCK, JIFFIES ->
                Lists.immutable.empty();
        };
    }

    private ImmutableList<Given> given(BpfObject object) {
        Map<Given, Long> known = new HashMap<>();
        ImmutableList<Given> absent = initially.select(h -> h.value().equals(ABSENT)).collect(h -> at(h.place(), () -> ConditionParser.absent(h.field(), object)));
        return absent.newWithAll(initially.reject(h -> h.value().equals(ABSENT)).collect(h -> at(h.place(), () -> {
            Condition.Place place = ConditionParser.place(h.field(), object);
            long value = number(h, place);
            Given given = new Given(place.map(), place.key().orElseThrow(() -> new InputException("name one element: " + h.field().replace("*", "0"))),
                    place.offset(), place.size(), value);
            Long before = known.put(new Given(given.map(), given.key(), given.offset(), given.size(), 0), value);
            if (before != null && before != value) {
                throw new InputException(h.field() + " is said to hold " + before + " already");
            }
            if (absent.contains(Given.absent(given.map(), given.key()))) {
                throw new InputException(h.field() + " is said to be absent");
            }
            return given;
        })));
    }

    /** {@return the number that a place is said to hold} @throws InputException when it is none, or does not fit */
    static long number(Holds holds, Condition.Place place) {
        long value;
        try {
            value = holds.value().startsWith("-") ? Long.parseLong(holds.value()) : holds.value().startsWith("0x")
                    ? Long.parseUnsignedLong(holds.value().substring(2), 16) : Long.parseUnsignedLong(holds.value());
        } catch (NumberFormatException e) {
            throw new InputException(holds.field() + ": '" + holds.value() + "' is no number of 64 bits");
        }
        int bits = 8 * place.size();
        boolean fits = bits == 64 || value >= -(1L << bits - 1) && value < 1L << bits;
        if (!fits) {
            throw new InputException(holds.field() + " has " + place.size() + (place.size() == 1 ? " byte, " : " bytes, ") + holds.value() + " does not fit");
        }
        return bits == 64 ? value : value & (1L << bits) - 1;
    }

    /** {@return the conditions as properties of a scenario} @throws InputException with the place of what names nothing */
    public ImmutableList<UserProperty> properties(Scenario scenario) {
        Map<When, Integer> count = new HashMap<>();
        return conditions.collect(m -> {
            int number = count.merge(m.when(), 1, Integer::sum);
            Condition condition = at(m.place(), () -> condition(m, scenario));
            return new UserProperty(m.when().word() + (number == 1 ? "" : "-" + number), m.when(), condition, m.text(), scenario);
        });
    }

    private static Condition condition(Must must, Scenario scenario) {
        Condition condition = ConditionParser.condition(must.text(), scenario.object(), scenario.agents());
        if (condition.returned().notEmpty() && must.when() != When.FINALLY) {
            throw new InputException("'" + must.text() + "': what a program returns is known when it has ended; say it under 'finally'");
        }
        if (condition.places().isEmpty() && condition.returned().isEmpty()) {
            throw new InputException("'" + must.text() + "' reads nothing that a program could change");
        }
        return condition;
    }

    /** {@return what is said of conditions as these} */
    public ImmutableList<Explanation> explanations() {
        return conditions.collect(Must::when).distinct().collect(UserExplanation.Of::new);
    }

    /** {@return a sentence for each, for the scope} */
    public ImmutableList<String> told() {
        ImmutableList<String> start = initially.isEmpty() ? Lists.immutable.empty()
                : Lists.immutable.with("initially " + initially.collect(h -> h.field() + " = " + h.value()).makeString(", ") + ", and anything else elsewhere");
        ImmutableList<String> assumed = inputs.isEmpty() ? Lists.immutable.empty()
                : Lists.immutable.with("inputs " + inputs.collect(i -> i.field() + " = " + i.value()).makeString(", "));
        ImmutableList<String> different = differ.collect(d -> "another " + d.field() + " for each agent");
        return start.newWithAll(assumed).newWithAll(different).newWithAll(conditions.collect(m -> m.when().word() + " " + m.text()));
    }

    private static <R> R at(String place, Supplier<R> use) {
        try {
            return use.get();
        } catch (InputException e) {
            throw e.within(place);
        }
    }
}
