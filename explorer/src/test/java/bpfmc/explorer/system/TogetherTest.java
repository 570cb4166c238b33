package bpfmc.explorer.system;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.PropertyJudge;
import bpfmc.explorer.reduction.Quotient;
import bpfmc.explorer.reduction.Reduction;
import bpfmc.explorer.reduction.Selected;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Checkpoint;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.SearchTask;
import bpfmc.explorer.search.StoragePolicy;
import bpfmc.explorer.search.Threads;
import bpfmc.explorer.space.Symmetry;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.store.StateTable;
import bpfmc.explorer.system.independence.StubbornSets;
import bpfmc.explorer.system.symmetry.CpuSymmetry;
import bpfmc.explorer.system.symmetry.ElementSymmetry;
import bpfmc.explorer.verdict.Observation;
import bpfmc.explorer.search.Checkpoint.Kept;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several threads come to what one comes to, to the last bit: the same states with the same numbers, made of values with the same numbers, in a
 * table of the same size, the same findings in the same order.
 */
class TogetherTest {
    private static final int SYSTEMS = Integer.getInteger("bpfmc.systems", 2_000) / 8;

    private static final Limits ALL = Limits.NONE.withMaxStates(40_000);

    /**
     * All that a search leaves behind, but for the time it took.
     *
     * @param kept in its checkpoint, if it has finished; where a limit was met, more may have been learned than one thread would have
     */
    private record Left(Object end, ImmutableList<Observation> findings, long states, long expanded, long transitions, long terminals, int depth,
            long bytes, String kept) {}

    /** Keeps what it is given last. */
    private static final class Photograph implements Checkpoint {
        private Kept kept;
        private byte[] states = {};

        String told() {
            return kept == null ? "" : kept.expanded() + " " + kept.named() + " " + kept.again() + " " + kept.layerEnd() + " " + HexFormat.of().formatHex(states);
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public Optional<Kept> restore(StateTable visited) {
            Optional<Kept> restored = Optional.ofNullable(kept);
            if (restored.isPresent()) {
                try {
                    visited.read(new DataInputStream(new ByteArrayInputStream(states)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return restored;
        }

        @Override
        public boolean due() {
            return false;
        }

        @Override
        public void keep(Kept search, StateTable visited) {
            var bytes = new ByteArrayOutputStream();
            try {
                visited.write(0, new DataOutputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            kept = search;
            states = bytes.toByteArray();
        }
    }

    private static TransitionSystem quotient(BpfSystem system, TransitionSystem steps, Symmetry symmetry) {
        return symmetry.trivial() ? steps : new Quotient(steps, symmetry, system.actors());
    }

    private static TransitionSystem reduced(BpfSystem system, Reduction.Choice choice) {
        TransitionSystem selected = choice.reductions().contains(Reduction.STUBBORN) ? new Selected(system, StubbornSets.of(system)) : system;
        Symmetry cpus = choice.reductions().contains(Reduction.SYMMETRY) ? CpuSymmetry.of(system) : Symmetry.NONE;
        Symmetry elements = choice.reductions().contains(Reduction.ELEMENTS) ? ElementSymmetry.of(system) : Symmetry.NONE;
        return quotient(system, quotient(system, selected, cpus), elements);
    }

    private static SearchTask<Observation> helper(BpfSystem system, Reduction.Choice choice) {
        return SearchTask.ofHelper(reduced(system, choice), new PropertyJudge(system, Properties.all()), system.dictionary());
    }

    private static Left explored(Scenario scenario, Reduction.Choice choice, Limits limits, Threads threads, Map<String, Photograph> album) {
        return Systems.withWhatMatters(scenario, !choice.reductions().contains(Reduction.CONTENTS), kept -> 0, system -> {
            Photograph photograph = album.computeIfAbsent(system.kept().name() + system.width(), k -> new Photograph());
            StoragePolicy.States keep = choice.reductions().contains(Reduction.CHAINS) ? StoragePolicy.States.BRANCHING : StoragePolicy.States.ALL;
            Outcome<Observation> outcome = threads.searching(() -> Search.explore(
                    SearchTask.of(reduced(system, choice), new PropertyJudge(system, Properties.all())).helpedBy(() -> helper(system.helper(), choice)), new StoragePolicy(keep, false, photograph), limits, threads, Progress.NONE));
            var figures = outcome.figures();
            return new Left(outcome.end(), outcome.findings(), figures.states(), figures.expanded(), figures.transitions(), figures.terminals(),
                    figures.depth(), figures.bytes(), outcome.finished() ? photograph.told() : "");
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void severalThreadsComeToWhatOneComesTo(long seed) {
        Random random = new Random(1_000 + seed);
        int many = 0;
        int limited = 0;
        int resumedSearches = 0;
        try (var threads = new Threads(3, 2)) {
            for (int i = 0; i < SYSTEMS; i++) {
                Scenario scenario = RandomSystems.next(random);
                Reduction.Choice choice = Reduction.Choice.values()[random.nextInt(Reduction.Choice.values().length)];
                Limits limits = switch (random.nextInt(4)) {
                    case 0 -> Limits.NONE.withMaxStates(1 + random.nextInt(3_000));
                    case 1 -> Limits.NONE.withMaxStates(40_000).withMaxMemoryBytes(135_000 + random.nextInt(150_000));
                    default -> ALL;
                };
                String what = "seed %d, system %d, --reduction %s, %s".formatted(seed, i, choice, limits);
                Left alone = explored(scenario, choice, limits, new Threads(1), new HashMap<>());
                var album = new HashMap<String, Photograph>();
                Left together = explored(scenario, choice, limits, threads, album);
                if (alone.end() instanceof LimitReached limit && limit.kind() == LimitReached.Kind.MEMORY) {
                    assertThat(together.end()).as(what).isEqualTo(alone.end()); // how far they came differs, so such a search is made again, alone
                } else {
                    assertThat(together).as(what).isEqualTo(alone);
                }
                if (alone.end() instanceof LimitReached && !limits.equals(ALL)) {
                    Left whole = explored(scenario, choice, ALL, new Threads(1), new HashMap<>());
                    Left resumed = explored(scenario, choice, ALL, threads, album);
                    assertThat(resumed.findings()).as(what + ", gone on with").isEqualTo(whole.findings());
                    assertThat(resumed.states()).as(what + ", gone on with").isEqualTo(whole.states());
                    assertThat(resumed.transitions()).as(what + ", gone on with").isEqualTo(whole.transitions());
                    resumedSearches++;
                }
                many += alone.states() > 1_000 ? 1 : 0;
                limited += alone.states() > alone.expanded() ? 1 : 0;
            }
        }
        assertThat(many).isGreaterThan(SYSTEMS / 20);
        assertThat(limited).isGreaterThan(SYSTEMS / 20);
        assertThat(resumedSearches).isGreaterThan(SYSTEMS / 20);
    }
}
