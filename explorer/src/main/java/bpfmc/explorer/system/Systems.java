package bpfmc.explorer.system;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.model.flow.FutureUse;
import bpfmc.model.lock.LockImplementation;
import bpfmc.model.memory.KeptContents;
import bpfmc.model.step.Consistency;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Makes a scenario's system wide enough for the elements it turns out to touch. */
public final class Systems {
    private static final int FIRST_ELEMENTS = 12;
    private static final int MOST_ELEMENTS = 1 << 14;

    /** So often a search begins anew because more matters; then everything does. */
    private static final int MOST_REFINED = 40;

    private Systems() {}

    /** {@return what {@code use} makes of the system; asked again with a wider system when elements do not fit} */
    public static <R> R with(Scenario scenario, Function<BpfSystem, R> use) {
        return with(scenario, Memory.FORGETTING, KeptContents.ALL, 0, use);
    }

    /**
     * {@return what {@code use} makes of a system that keeps what can matter of the contents of maps; asked again with one that keeps more
     * when something else turns out to matter}
     *
     * @param width components that the states of an earlier search of the same had, at least
     */
    public static <R> R withWhatMatters(Scenario scenario, boolean all, ToIntFunction<KeptContents> width, Function<BpfSystem, R> use) {
        KeptContents kept = all || !mayForgetContents(scenario) ? KeptContents.ALL : KeptContents.NOTHING;
        for (int times = 0;; times++) {
            try {
                return with(scenario, Memory.FORGETTING, kept, width.applyAsInt(kept), use);
            } catch (KeptContents.MoreMatters e) {
                kept = times < MOST_REFINED ? e.more() : KeptContents.ALL;
            }
        }
    }

    /** Times that programs store are asked for their order; stores that wait in buffers are read there; locks that are taken step by step are contents themselves. */
    private static boolean mayForgetContents(Scenario scenario) {
        return scenario.asked().isEmpty() && scenario.rules().memory() == Consistency.SEQUENTIAL && scenario.rules().lock() == LockImplementation.SPECIFICATION
                && scenario.agents().collect(Scenario.AgentPlace::program).distinct().noneSatisfy(p -> FutureUse.of(scenario.object(), p).clocks());
    }

    /**
     * {@return what {@code use} makes of a system in which runs forget nothing, so that their last states hold every condition
     * on their inputs} It has many more states.
     */
    public static <R> R unforgetting(Scenario scenario, Function<BpfSystem, R> use) {
        return with(scenario, Memory.UNFORGETTING, KeptContents.ALL, 0, use);
    }

    private static <R> R with(Scenario scenario, Memory memory, KeptContents kept, int width, Function<BpfSystem, R> use) {
        int fixed = scenario.agents().size() + scenario.object().maps().size() + 1 + SystemParts.buffers(scenario);
        for (int elements = FIRST_ELEMENTS;; elements *= 4) {
            if (fixed + elements < width) {
                continue;
            }
            try {
                return use.apply(new BpfSystem(scenario, memory, fixed + elements, kept));
            } catch (StateLayout.TooNarrow e) {
                if (elements > MOST_ELEMENTS) {
                    throw new IllegalStateException("more than " + MOST_ELEMENTS + " elements in one scenario", e);
                }
            }
        }
    }
}
