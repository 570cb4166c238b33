package bpfmc.explorer.livekernel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableByteList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.tuple.Tuples;

/**
 * What came of rounds: in each, memory is set, both programs run at once on two CPUs, and memory is looked at.
 *
 * @param observed how often each image was there @param met how many rounds count @param missed how often the runs did not meet
 * @param cpus which two they were
 */
public record Rounds(ImmutableMap<MemoryImage, Long> observed, long met, long missed, ImmutableList<Integer> cpus) {
    /** Of the rounds, one in so many is seldom. */
    private static final int SELDOM = 8;
    /** Rounds that the kernel makes in one system call. */
    private static final int BATCH = 4000;

    /** Makes rounds of one system call each until the time is over. @param initial elements that are set before each round, and looked at @param seed of the delays */
    public static Rounds of(KernelPair pair, ImmutableMap<Place, Optional<ImmutableByteList>> initial, Duration time, long seed) {
        ImmutableList<Integer> cpus = TwoCpus.of(pair);
        var shifts = new Shifts(new Random(seed));
        int[] returned = new int[2];
        Map<MemoryImage, Long> observed = new HashMap<>();
        long[] met = {0, 0};
        TwoCpus.run(pair, cpus, until(time), () -> {
            int shift = shifts.next();
            pair.set(initial);
            pair.ready(Math.max(0, -shift), Math.max(0, shift));
        }, agent -> returned[agent] = pair.run(agent), () -> {
            if (returned[0] == Driver.MISSED || returned[1] == Driver.MISSED) {
                met[1]++;
                return;
            }
            met[0]++;
            long times = observed.merge(new MemoryImage(pair.get(initial.keysView()), Lists.immutable.with(returned[0], returned[1])), 1L, Long::sum);
            if (times <= met[0] / SELDOM) {
                shifts.shown();
            }
        });
        return new Rounds(Maps.immutable.withAll(observed), met[0], met[1], cpus);
    }

    /**
     * Makes rounds by thousands in one system call until the time is over. Where the outcomes cannot be told apart inside the kernel, there are none.
     *
     * @param initial elements that are there in every outcome @param returned what the runs return in every outcome
     */
    public static Rounds repeated(KernelPair pair, ImmutableMap<Place, Optional<ImmutableByteList>> initial, ImmutableList<Integer> returned, Duration time, long seed) {
        ImmutableList<Integer> cpus = TwoCpus.of(pair);
        Optional<RepeatedPair> repeats = RepeatedPair.of(pair, initial);
        if (repeats.isEmpty()) {
            return new Rounds(Maps.immutable.empty(), 0, 0, cpus);
        }
        try (RepeatedPair repeated = repeats.get()) {
            var shifts = new Shifts(new Random(seed));
            long[] missed = {0};
            TwoCpus.run(pair, cpus, until(time), () -> {
                int shift = shifts.next() / 4;
                repeated.ready(Math.max(0, -shift), Math.max(0, shift));
            }, agent -> repeated.run(agent, BATCH), () -> missed[0] += repeated.broke() ? 1 : 0);
            ImmutableMap<MemoryImage, Long> observed = repeated.counted().collect((elements, times) -> Tuples.pair(new MemoryImage(elements, returned), times));
            long met = observed.valuesView().sumOfLong(n -> n);
            return new Rounds(observed, met, missed[0], cpus);
        }
    }

    private static BooleanSupplier until(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() < end;
    }

    /** {@return these rounds and others on the same CPUs} */
    public Rounds and(Rounds others) {
        Map<MemoryImage, Long> sum = new HashMap<>(observed.castToMap());
        others.observed().forEachKeyValue((image, times) -> sum.merge(image, times, Long::sum));
        return new Rounds(Maps.immutable.withAll(sum), met + others.met(), missed + others.missed(), cpus);
    }
}
