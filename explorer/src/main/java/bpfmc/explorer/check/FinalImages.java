package bpfmc.explorer.check;

import bpfmc.explorer.livekernel.MemoryImage;
import bpfmc.explorer.livekernel.Place;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.scenario.Scenario.Start;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.space.SerialSystem;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Snapshot;
import bpfmc.explorer.system.exact.ExactSystem;
import bpfmc.explorer.system.exact.FinalContents;
import bpfmc.explorer.system.exact.FinalContents.Content;
import bpfmc.model.InputException;
import bpfmc.model.machine.InputRange;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.Given;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells.Cell;
import bpfmc.model.value.Constant;
import bpfmc.model.value.Key;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import bpfmc.model.value.bits.Decision;
import bpfmc.model.value.bits.Decisions;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.list.primitive.ImmutableByteList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.api.map.MutableMap;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;
import org.eclipse.collections.impl.factory.primitive.ByteLists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * All ways in which the runs of a scenario can end, as bytes, when memory and what the programs are given is known.
 *
 * @param initial what memory holds at first: what was known, and the keys besides that the runs come to, which are not in their maps
 * @param all ways @param serial those that some order of the runs, one after the other, has
 * @param inputsMatter whether some of these rest on inputs of which nothing is known: then an order has them for some inputs
 */
public record FinalImages(ImmutableMap<Place, Optional<ImmutableByteList>> initial, ImmutableSet<MemoryImage> all, ImmutableSet<MemoryImage> serial, boolean inputsMatter) {
    private static final int MOST_DECISIONS = 100_000;
    /** So often runs may come to keys of which nothing was known. */
    private static final int MOST_KEYS = 8;

    /**
     * {@return the ways}
     *
     * @param memory bytes of every element of arrays and data that the programs use, and of keys of hash maps that are there at first
     * @param inputs of each program @throws InputException in one phrase, why they cannot be told
     */
    public static FinalImages of(Scenario scenario, ImmutableMap<Place, Optional<ImmutableByteList>> memory, ImmutableList<InputRange> inputs, Limits limits) {
        MutableMap<Place, Optional<ImmutableByteList>> initial = Maps.mutable.withMap(memory.castToMap());
        for (int times = 0; times < MOST_KEYS; times++) {
            Scenario known = starting(scenario, initial.toImmutable(), inputs);
            int before = initial.size();
            Optional<FinalImages> images = ExactSystem.with(known, true, new Decisions(MOST_DECISIONS, () -> limits.run().reached().isPresent()), exact -> {
                var search = new Ends(exact, limits, initial, new boolean[1]);
                ImmutableSet<MemoryImage> all = search.of(exact);
                BpfSystem system = exact.system();
                ImmutableSet<MemoryImage> serial = search.of(new SerialSystem(exact, system.actors(), (state, actor) -> system.underwayAlone(exact.state(state), actor)));
                return initial.size() == before ? Optional.of(new FinalImages(initial.toImmutable(), all, serial, search.conditional()[0])) : Optional.empty();
            });
            if (images.isPresent()) {
                return images.get();
            }
        }
        throw new InputException("its programs use more than " + MOST_KEYS + " keys");
    }

    /** {@return what those elements hold at first that any of the ways changes} */
    public ImmutableMap<Place, Optional<ImmutableByteList>> touched() {
        return initial.select((place, bytes) -> all.anySatisfy(m -> !bytes.equals(m.elements().get(place))));
    }

    private static Scenario starting(Scenario scenario, ImmutableMap<Place, Optional<ImmutableByteList>> initial, ImmutableList<InputRange> inputs) {
        MutableList<Given> given = Lists.mutable.empty();
        initial.forEachKeyValue((place, bytes) -> given.addAllIterable(bytes.map(b -> words(scenario.object().maps().get(place.map()), place, b))
                .orElseGet(() -> Lists.immutable.with(Given.absent(place.map(), place.key())))));
        ImmutableList<Start.Input> known = scenario.agents().collect(a -> a.program().name()).distinct().flatCollect(name -> inputs.collect(i -> new Start.Input(name, i)));
        return scenario.startingWith(new Start(given.toImmutable(), known, Lists.immutable.empty(), Lists.immutable.empty()))
                .asking(IntSets.immutable.ofAll(IntStream.range(0, scenario.agents().size())));
    }

    /** The bytes of an element by words of eight bytes at most, without those of its special fields. */
    private static ImmutableList<Given> words(MapDefinition map, Place place, ImmutableByteList bytes) {
        MutableList<Given> words = Lists.mutable.empty();
        for (int at = 0; at < bytes.size();) {
            int here = at;
            Optional<SpecialField> special = map.value().special().detectOptional(f -> f.overlaps(here, 1));
            if (special.isPresent()) {
                at = special.get().offset() + special.get().size();
                continue;
            }
            int end = at + 1;
            while (end < bytes.size() && end % Long.BYTES != 0 && !locked(map, end)) {
                end++;
            }
            long word = 0;
            for (int i = end - 1; i >= at; i--) {
                word = word << 8 | bytes.get(i) & 0xff;
            }
            words.add(new Given(place.map(), place.key(), at, end - at, word));
            at = end;
        }
        return words.toImmutable();
    }

    private static boolean locked(MapDefinition map, int offset) {
        return map.value().special().anySatisfy(f -> f.overlaps(offset, 1));
    }

    /** Looks for the ends of one system. @param initial gets the keys that runs come to @param conditional gets whether an end has conditions on the inputs */
    private record Ends(ExactSystem exact, Limits limits, MutableMap<Place, Optional<ImmutableByteList>> initial, boolean[] conditional) {
        ImmutableSet<MemoryImage> of(TransitionSystem order) {
            Outcome<MemoryImage> outcome = Search.explore(order, (state, terminal, sink) -> {
                if (terminal) {
                    image(state).ifPresent(sink);
                }
            }, limits, Progress.NONE);
            if (outcome.end() instanceof LimitReached l) {
                throw new InputException("its final contents are too many to be listed: " + l.figure());
            }
            return outcome.findings().toSet().toImmutable();
        }

        /** {@return what the state leaves behind; empty for a state that no inputs lead to} */
        private Optional<MemoryImage> image(int[] whole) {
            BpfSystem system = exact.system();
            int[] state = exact.state(whole);
            boolean[] ends = {true};
            system.successors(state, (actor, choice, successor) -> ends[0] = false);
            if (!ends[0] || system.contradicted(state) || exact.decide(exact.conditions(whole)) instanceof Decision.Contradiction) {
                return Optional.empty();
            }
            Snapshot snapshot = system.snapshot(state);
            MutableList<Integer> returned = Lists.mutable.empty();
            for (int agent = 0; agent < snapshot.agents(); agent++) {
                returned.add(returned(snapshot.run(agent).state().operation(), agent));
            }
            MutableMap<Place, Optional<ImmutableByteList>> elements = Maps.mutable.withMap(initial);
            FinalContents last = FinalContents.of(system, state);
            conditional[0] |= last.literals().notEmpty() || last.bounds().notEmpty() || last.choices().notEmpty();
            for (Content content : last.contents()) {
                content.keys().each(key -> {
                    Place place = place(content.map(), key);
                    if (!initial.containsKey(place)) {
                        initial.put(place, Optional.empty());
                    }
                    elements.put(place, content.cells().map(cells -> bytes(place, cells.cells())));
                });
            }
            return Optional.of(new MemoryImage(elements.toImmutable(), returned.toImmutable()));
        }

        private int returned(VisibleOperation operation, int agent) {
            if (operation instanceof VisibleOperation.End end) {
                return end.returned().map(r -> (int) known(Element.toShared(r.term(), agent), "what a program returns")).orElse(0);
            }
            throw new InputException(operation instanceof VisibleOperation.Unsupported u ? u.what() + " is not modelled" : "not every run comes to its end");
        }

        private static long known(Term term, String what) {
            if (term instanceof Constant c) {
                return c.value();
            }
            throw new InputException(what + " depends on what is not set here: " + term);
        }

        private Place place(int map, Key key) {
            if (!key.isConstant()) {
                throw new InputException("a key of " + exact.system().scenario().object().maps().get(map).name() + " depends on what is not set here: " + key);
            }
            MapDefinition definition = exact.system().scenario().object().maps().get(map);
            return new Place(map, switch (definition.type()) {
                case ARRAY -> Key.of(((Constant) key.words().getFirst()).value());
                default -> key;
            });
        }

        private ImmutableByteList bytes(Place place, ImmutableList<Cell> cells) {
            MapDefinition map = exact.system().scenario().object().maps().get(place.map());
            Optional<ImmutableByteList> before = initial.get(place);
            byte[] bytes = before.map(ImmutableByteList::toArray).orElseGet(() -> new byte[map.valueSize()]);
            boolean[] written = new boolean[bytes.length];
            for (Cell cell : cells) {
                for (int i = 0; i < cell.size(); i++) {
                    written[cell.offset() + i] = true;
                    if (!locked(map, cell.offset() + i)) {
                        bytes[cell.offset() + i] = (byte) known(Terms.extract(((Value.Scalar) cell.value()).term(), i, 1), "what " + map.name() + " holds in the end");
                    }
                }
            }
            for (int i = 0; i < bytes.length && before.isEmpty(); i++) {
                if (!written[i] && !locked(map, i)) {
                    throw new InputException("what " + map.name() + " holds in the end is not known");
                }
            }
            map.value().special().each(f -> Arrays.fill(bytes, f.offset(), f.offset() + f.size(), (byte) 0));
            return ByteLists.immutable.with(bytes);
        }
    }
}
