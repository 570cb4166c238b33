package bpfmc.explorer.scenario;

import java.util.function.Function;

/** Makes a scenario's system wide enough for the elements it turns out to touch. */
public final class Systems {
    private static final int FIRST_ELEMENTS = 12;
    private static final int MOST_ELEMENTS = 1 << 14;

    private Systems() {}

    /** {@return what {@code use} makes of the system; asked again with a wider system when elements do not fit} */
    public static <R> R with(Scenario scenario, Function<BpfSystem, R> use) {
        return with(scenario, 0, use);
    }

    /** As above. @param width components that the states of an earlier search of the same had, at least */
    public static <R> R with(Scenario scenario, int width, Function<BpfSystem, R> use) {
        return with(scenario, Memory.FORGETTING, width, use);
    }

    /**
     * {@return what {@code use} makes of a system in which runs forget nothing, so that their last states hold every condition
     * on their inputs} It has many more states.
     */
    public static <R> R unforgetting(Scenario scenario, Function<BpfSystem, R> use) {
        return with(scenario, Memory.UNFORGETTING, 0, use);
    }

    private static <R> R with(Scenario scenario, Memory memory, int width, Function<BpfSystem, R> use) {
        int fixed = scenario.agents().size() + scenario.object().maps().size() + 1;
        for (int elements = FIRST_ELEMENTS;; elements *= 4) {
            if (fixed + elements < width) {
                continue;
            }
            try {
                return use.apply(new BpfSystem(scenario, memory, fixed + elements));
            } catch (Layout.TooNarrow e) {
                if (elements > MOST_ELEMENTS) {
                    throw new IllegalStateException("more than " + MOST_ELEMENTS + " elements in one scenario", e);
                }
            }
        }
    }
}
