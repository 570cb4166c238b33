package bpfmc.explorer.confirm;

import bpfmc.explorer.check.FinalImages;
import bpfmc.explorer.livekernel.KernelPair;
import bpfmc.explorer.livekernel.LiveKernel;
import bpfmc.explorer.livekernel.MemoryImage;
import bpfmc.explorer.livekernel.Place;
import bpfmc.explorer.livekernel.Rounds;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.Limits;
import bpfmc.model.InputException;
import bpfmc.model.kernel.MapType;
import bpfmc.model.memory.Given;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.value.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableByteList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.Sets;

/** What came of running two programs at once on this machine. */
public sealed interface Confirmation {
    /** One part in so many of the time is for rounds of a system call each, which show what the runs return. */
    int SINGLE = 4;

    /** {@return the scenario's name} */
    String scenario();

    /** What the explorer says of an outcome. */
    enum Expected {
        /** Some order of the runs, one after the other, gives it. */
        IN_ORDER("in order"),
        /** The explorer lists it, and no such order gives it. */
        INTERLEAVING("only by interleaving"),
        /** The explorer does not list it, and a processor that lets a load overtake a store may show it: weaker than sequential consistency. */
        WEAKER_MEMORY("weaker memory? not sequentially consistent"),
        /** The explorer does not list it, and nothing else explains it: a fault of bpfmc. */
        IMPOSSIBLE("IMPOSSIBLE: a fault of bpfmc, please report it");

        private final String words;

        Expected(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** The pair cannot be run. @param why in one phrase */
    record NotRun(String scenario, String why) implements Confirmation {}

    /**
     * The pair was run.
     *
     * @param initially what the fields that change held at first @param rows every outcome that is listed or was seen
     * @param rounds how many count @param missed how often the runs did not meet @param cpus which two they ran on
     * @param inputsMatter whether "in order" is said for some inputs, of those that are not known
     */
    record Ran(String scenario, String initially, ImmutableList<Row> rows, long rounds, long missed, ImmutableList<Integer> cpus, boolean inputsMatter) implements Confirmation {
        /** {@return how often outcomes of a kind were seen} */
        public long seen(Expected kind) {
            return rows.select(r -> r.expected() == kind).sumOfLong(Row::observed);
        }

        /** {@return whether the explorer lists an outcome of a kind} */
        public boolean lists(Expected kind) {
            return rows.anySatisfy(r -> r.expected() == kind);
        }
    }

    /** An outcome. @param observed in how many rounds */
    record Row(String outcome, long observed, Expected expected) {}

    /** How pairs are run. @param stated of memory at first @param time for each pair @param seed of the delays @param limits of each enumeration */
    record How(ImmutableList<Given> stated, Duration time, long seed, Limits limits) {}

    /** {@return what comes of each pair of the programs that share a map} @param path of the object */
    static ImmutableList<Confirmation> of(LiveKernel kernel, Path path, BpfObject object, ImmutableList<BpfProgram> programs, How how) {
        return PairChoice.of(object, programs, kernel.release().version()).collect(scenario -> of(scenario, how, images -> run(kernel, path, scenario, images, how)));
    }

    /** {@return what comes of a scenario} @param machine runs it */
    static Confirmation of(Scenario scenario, How how, Function<FinalImages, Observed> machine) {
        try {
            PairChoice.require(scenario);
            FinalImages images = FinalImages.of(scenario, PairChoice.memory(scenario, how.stated()), PairChoice.INPUTS, how.limits());
            return told(scenario, images, machine.apply(images));
        } catch (InputException e) {
            return new NotRun(scenario.name(), e.getMessage());
        }
    }

    /** What was seen. @param rounds by what the elements held that any run may change @param strays what else was changed in the end */
    record Observed(Rounds rounds, ImmutableList<String> strays) {}

    private static Observed run(LiveKernel kernel, Path path, Scenario scenario, FinalImages images, How how) {
        BpfObject object = scenario.object();
        ImmutableMap<Place, Optional<ImmutableByteList>> touched = images.touched();
        ImmutableMap<Place, Optional<ImmutableByteList>> others = images.initial().reject((place, bytes) -> touched.containsKey(place));
        try (KernelPair pair = KernelPair.of(kernel, path, object, scenario.agents().collect(Scenario.AgentPlace::program))) {
            pair.set(images.initial());
            Rounds rounds = rounds(pair, images, how, PairChoice.packetStays(scenario));
            MutableList<String> strays = Lists.mutable.empty();
            ImmutableMap<Place, Optional<ImmutableByteList>> after = pair.get(others.keysView());
            others.keysView().reject(p -> others.get(p).equals(after.get(p))).forEach(p -> strays.add(object.maps().get(p.map()).name() + "[" + p.key() + "]"));
            images.initial().keysView().collectInt(Place::map).toSet().select(m -> object.maps().get(m).type() == MapType.HASH).forEach(map ->
                    pair.keys(map).collect(k -> new Place(map, Key.of(k.toArray()))).reject(images.initial()::containsKey).each(p -> strays.add(object.maps().get(map).name() + "[" + p.key() + "]")));
            return new Observed(rounds, strays.toImmutable());
        }
    }

    /** Where all outcomes are told apart by what memory holds, most rounds are those that the kernel repeats. */
    private static Rounds rounds(KernelPair pair, FinalImages images, How how, boolean onePacket) {
        ImmutableMap<Place, Optional<ImmutableByteList>> touched = images.touched();
        ImmutableSet<ImmutableList<Integer>> returned = images.all().collect(MemoryImage::returned);
        if (!onePacket || returned.size() != 1 || touched.keysView().anySatisfy(p -> images.all().anySatisfy(m -> m.elements().get(p).isEmpty()))) {
            return Rounds.of(pair, touched, how.time(), how.seed());
        }
        Duration single = how.time().dividedBy(SINGLE);
        return Rounds.of(pair, touched, single, how.seed()).and(Rounds.repeated(pair, touched, returned.getOnly(), how.time().minus(single), how.seed()));
    }

    private static Ran told(Scenario scenario, FinalImages images, Observed observed) {
        ImmutableMap<Place, Optional<ImmutableByteList>> touched = images.touched();
        ImmutableSet<MemoryImage> all = images.all().collect(m -> cut(m, touched));
        ImmutableSet<MemoryImage> serial = images.serial().collect(m -> cut(m, touched));
        MutableMap<MemoryImage, Long> counts = Maps.mutable.withMap(observed.rounds().observed().castToMap());
        ImmutableSet<MemoryImage> every = Sets.mutable.withAll(all).withAll(counts.keysView()).toImmutable();
        ImmutableList<String> programs = scenario.agents().collect(a -> a.program().name());
        var names = new ImageNames(scenario.object(), programs, touched, every);
        boolean overtakes = !System.getProperty("os.arch").equals("amd64") || scenario.agents().anySatisfy(a -> StoreOrder.mayBeOvertaken(a.program()));
        ImmutableList<Row> rows = every.collect(m -> new Row(names.of(m), counts.getOrDefault(m, 0L), serial.contains(m) ? Expected.IN_ORDER : all.contains(m) ? Expected.INTERLEAVING
                : overtakes ? Expected.WEAKER_MEMORY : Expected.IMPOSSIBLE)).toSortedListBy(r -> r.expected().ordinal() + String.format(Locale.ROOT, "%020d", Long.MAX_VALUE - r.observed()) + r.outcome()).toImmutable();
        return new Ran(scenario.name(), names.initially(), rows.newWithAll(observed.strays().collect(s -> new Row(s + " changed", 1, Expected.IMPOSSIBLE))),
                observed.rounds().met(), observed.rounds().missed(), observed.rounds().cpus(), images.inputsMatter());
    }

    private static MemoryImage cut(MemoryImage image, ImmutableMap<Place, Optional<ImmutableByteList>> touched) {
        return new MemoryImage(image.elements().select((place, bytes) -> touched.containsKey(place)), image.returned());
    }
}
