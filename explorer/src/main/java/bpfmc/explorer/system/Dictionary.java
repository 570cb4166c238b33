package bpfmc.explorer.system;

import bpfmc.explorer.space.Draft;
import bpfmc.model.Numbering;
import bpfmc.model.Provisional;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.memory.Element;
import bpfmc.model.memory.ElementIds;
import bpfmc.model.memory.KeyPartition;
import bpfmc.model.memory.StoreBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Owns every number that stands for a value in the states of one system: private states (by automaton), contents of elements, bindings of
 * maps, what the lock implementation keeps for the CPUs, what waits in their store buffers, the elements themselves, and which component of a state vector holds which element.
 *
 * <p>A number is given when a step first meets the value, so numbers mean something only together with the order in which states were
 * followed. {@link #named} tells how many there are: a search notes at which states it has grown, which is the log of what was learned, and to
 * follow these states again, in their order, gives every value its number again ({@code bpfmc.explorer.search.LearningLog}).
 *
 * <p>One thread gives numbers. A thread that helps has a {@linkplain #draft draft}: it knows all numbers that were given, and what it meets
 * besides it marks, so that its state is left to the one thread. No lock is taken for that: nobody gives numbers while helpers are at work.
 */
public final class Dictionary implements Draft {
    private final ElementIds slots;
    private final Numbering<Element> elements;
    private final Numbering<KeyPartition> bindings;
    private final Numbering<ImmutableIntList> cpuWords;
    private final Numbering<StoreBuffer> buffers;
    private final StateLayout layout;
    private final List<Numbering<PrivateState>> privateStates = new ArrayList<>();
    /** Nothing is ever marked where numbers are given for good. */
    private final Provisional provisional;

    /** @param width components of a state vector; {@link StateLayout.TooNarrow} is thrown when that is not enough */
    Dictionary(int agents, int maps, int storeBuffers, int width) {
        this.slots = new ElementIds(maps);
        this.elements = Numbering.from(Element.UNTOUCHED);
        this.bindings = Numbering.from(KeyPartition.NONE);
        this.cpuWords = Numbering.from(IntLists.immutable.empty());
        this.buffers = Numbering.from(StoreBuffer.EMPTY);
        this.layout = new StateLayout(agents, maps, storeBuffers, width);
        this.provisional = new Provisional();
    }

    private Dictionary(Dictionary original) {
        this.provisional = new Provisional();
        this.slots = original.slots.draft(provisional);
        this.elements = original.elements.draft(provisional);
        this.bindings = original.bindings.draft(provisional);
        this.cpuWords = original.cpuWords.draft(provisional);
        this.buffers = original.buffers.draft(provisional);
        this.layout = original.layout.draft(provisional);
        original.privateStates.forEach(n -> privateStates.add(n.draft(provisional)));
    }

    /** {@return the dictionary of a thread that helps; its numbering of private states are drafts of this one's, in the same order} */
    Dictionary draft() {
        return new Dictionary(this);
    }

    /** {@return the numbers of the private states of one more automaton} */
    Numbering<PrivateState> newPrivateStates() {
        Numbering<PrivateState> numbers = new Numbering<>();
        privateStates.add(numbers);
        return numbers;
    }

    /** {@return the numbers of the private states of an automaton} @param automaton in the order of {@link #newPrivateStates} */
    Numbering<PrivateState> privateStates(int automaton) {
        return privateStates.get(automaton);
    }

    /** {@return how many numbers were given} */
    long named() {
        long named = slots.count() + layout.slots().size() + elements.size() + bindings.size() + cpuWords.size() + buffers.size();
        for (Numbering<PrivateState> numbers : privateStates) {
            named += numbers.size();
        }
        return named;
    }

    @Override
    public void begin() {
        provisional.clear();
    }

    @Override
    public boolean marked() {
        return provisional.any();
    }

    /** {@return whom drafts tell of what has no number} */
    Provisional provisional() {
        return provisional;
    }

    /** {@return which element is which} */
    public ElementIds slots() {
        return slots;
    }

    /** {@return the contents of elements; 0 stands for an untouched one} */
    public Numbering<Element> elements() {
        return elements;
    }

    /** {@return the bindings of maps; 0 stands for those of a map of which no key was met} */
    public Numbering<KeyPartition> bindings() {
        return bindings;
    }

    /** {@return what the lock implementation keeps for the CPUs; 0 stands for nothing} */
    Numbering<ImmutableIntList> cpuWords() {
        return cpuWords;
    }

    /** {@return what CPUs have stored that others do not see yet; 0 stands for nothing} */
    public Numbering<StoreBuffer> buffers() {
        return buffers;
    }

    /** {@return which component of a state vector holds what} */
    public StateLayout layout() {
        return layout;
    }
}
