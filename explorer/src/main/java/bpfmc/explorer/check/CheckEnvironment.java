package bpfmc.explorer.check;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Checkpoint;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.model.program.BpfObject;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a check is carried out with; it changes nothing that is said.
 *
 * @param threads explore @param listener is told how far it has come @param keeper keeps long searches @param clock in nanoseconds
 * @param begun when the check began, by the clock: its time counts from then
 * @param stopped whether the check is asked to end with what it knows
 */
public record CheckEnvironment(Threads threads, Listener listener, Keeper keeper, LongSupplier clock, long begun, BooleanSupplier stopped) {
    /** {@return one that tells nobody and keeps nothing} */
    public static CheckEnvironment quiet(Threads threads) {
        return new CheckEnvironment(threads, Listener.NONE, Keeper.NOTHING, System::nanoTime, System.nanoTime(), () -> false);
    }

    /** Is told of the searches of a check, from several threads. */
    public interface Listener {
        /** Tells nobody. */
        Listener NONE = new Listener() {
            @Override
            public void expect(int searches) {}

            @Override
            public Task begin(String search) {
                return figures -> { };
            }
        };

        /** So many more searches will begin. */
        void expect(int searches);

        /** What came of a scenario will not change any more. @param object that it is a scenario of */
        default void ended(BpfObject object, ScenarioResult result) {}

        /** {@return a search that has begun} @param search its name */
        Task begin(String search);

        /** A search that is under way. */
        interface Task extends Progress {
            /** It has ended. */
            default void end() {}
        }
    }

    /** Keeps searches, so that another process can go on with them. */
    @FunctionalInterface
    public interface Keeper {
        /** Keeps nothing. */
        Keeper NOTHING = (loaded, scenario, choices) -> Checkpoint.NONE;

        /** {@return where the search of a scenario is kept} @param loaded the object as it is loaded @param choices everything besides that decides what is searched */
        Checkpoint of(BpfObject loaded, Scenario scenario, List<?> choices);
    }
}
