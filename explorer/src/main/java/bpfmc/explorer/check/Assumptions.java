package bpfmc.explorer.check;

import bpfmc.explorer.condition.Constants;
import bpfmc.model.call.Calls;
import bpfmc.model.call.ElementWalks;
import bpfmc.model.call.Use;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.synthetic.AsyncCallbacks;
import java.util.function.IntPredicate;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/** What every verdict on an object takes for granted. */
final class Assumptions {
    private static final ImmutableSet<MapType> KEYED = Sets.immutable.with(MapType.HASH, MapType.LRU_HASH, MapType.PERCPU_HASH, MapType.LRU_PERCPU_HASH);

    private Assumptions() {}

    private static boolean calls(BpfObject object, Use use) {
        return object.programs().anySatisfy(p -> Calls.any(p, use));
    }

    private static boolean used(BpfObject object, MapDefinition map) {
        return object.programs().anySatisfy(p -> p.references().anySatisfy(r -> r instanceof Reference.Map m && m.map() == map.index()));
    }

    /**
     * @param ofProperties what the properties take for granted @param ofCpus what is assumed of CPUs and interrupts
     * @param constants what is said of read-only data @param walk how many elements a walk visits at most
     */
    static ImmutableList<String> of(BpfObject object, ImmutableList<String> ofProperties, ImmutableList<String> ofCpus, ImmutableList<String> constants, int walk) {
        MutableList<String> assumptions = Lists.mutable.with(
                "packets are not changed by others while a program runs");
        assumptions.addAllIterable(ofCpus);
        if (object.maps().anySatisfy(MapDefinition::readOnlyData)) {
            assumptions.add(Constants.told(constants));
        }
        if (object.maps().anySatisfy(m -> m.type() == MapType.LRU_HASH || m.type() == MapType.LRU_PERCPU_HASH)) {
            assumptions.add("programs outside the scenario evict no LRU entry whose address a program holds");
        }
        if (object.maps().anySatisfy(m -> m.initialInner().notEmpty())) {
            assumptions.add("maps of maps keep the inner maps that the object gives them"
                    + (object.maps().anySatisfy(m -> m.replacements().notEmpty()) ? ", but for what the system calls replace" : ""));
        }
        ImmutableList<String> approximated = Calls.approximated(object.programs());
        if (approximated.notEmpty()) {
            assumptions.add("these calls touch no map and no memory but what they are handed; what else they do is unknown: " + approximated.makeString(", "));
        }
        if (calls(object, Use.TELLS_TASK)) {
            assumptions.add("programs on different CPUs run in, or interrupt, different tasks");
        }
        if (calls(object, Use.ALLOCATES)) {
            assumptions.add("lists hold any objects, and objects taken out of them any bytes");
        }
        if (calls(object, Use.WALKS) && object.maps().anySatisfy(m -> ElementWalks.bounded(m, walk))) {
            assumptions.add("bpf_for_each_map_elem visits at most " + walk + (walk == 1 ? " element" : " elements") + " of a hash map, or of an array of more than " + ElementWalks.indexed(walk) + " entries (--walk)");
        }
        for (Async async : Async.values()) {
            ImmutableList<MapDefinition> maps = object.maps().select(m -> m.value().special().anySatisfy(f -> f.kind() == async.field()));
            if (maps.anySatisfy(m -> AsyncCallbacks.known(object, async, m.index()))) {
                assumptions.add(async == Async.TIMER ? "timers as in Linux 7.3, of maps that user space holds; any may have been started before, and expires at any time and again, until a program cancels it or sets its callback"
                        : "any work item may have been started before, and is run at any time and again, until a program sets its callback");
            }
            if (maps.anySatisfy(m -> KEYED.contains(m.type()) && AsyncCallbacks.known(object, async, m.index()))) {
                assumptions.add("no " + (async == Async.TIMER ? "timer" : "work item") + " of an element that was deleted and reused runs while a callback of its earlier life still does");
            }
            maps.reject(m -> AsyncCallbacks.known(object, async, m.index())).each(m -> assumptions.add("no "
                    + (async == Async.TIMER ? "timer of " + m.name() + " expires" : "work item of " + m.name() + " is run") + ": no callback is known that could run"));
        }
        if (object.maps().anySatisfy(m -> m.name().contains("@") && m.data().isEmpty())) {
            assumptions.add("maps of one name are different maps, but for those that are pinned by it or that --share names");
        }
        if (object.maps().anySatisfy(m -> m.initialPrograms().notEmpty() && m.programsStay())) {
            assumptions.add("program arrays that user space leaves as they are: " + object.maps().select(m -> m.initialPrograms().notEmpty() && m.programsStay())
                    .collect(MapDefinition::name).makeString(", "));
        }
        if (object.maps().anySatisfy(m -> m.initialPrograms().notEmpty() && !m.programsStay())) {
            assumptions.add("user space may take programs out of program arrays at any time, and put them back where they were, but puts in no others");
        }
        object.maps().select(m -> m.sizeUnknown() && used(object, m)).each(m -> assumptions.add("the loader gives " + m.name()
                + " at least one entry; how many is not known (else --max-entries " + m.name() + "=N)"));
        return assumptions.withAll(ofProperties).toImmutable();
    }
}
