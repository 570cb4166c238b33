package bpfmc.model.call;

import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MemoryAccess;
import bpfmc.model.machine.Provenance;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Reference;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Region;
import bpfmc.model.value.Value;
import java.util.Deque;

/**
 * Objects that programs allocate, and lists of them (kernel/bpf/helpers.c: bpf_obj_new, bpf_obj_drop, bpf_list_push_front and its kin).
 *
 * <p>The verifier sees to it that an object is its owner's alone, or is touched under the lock of the list that it is in, as long as nobody counts references to it
 * (bpf_refcount_acquire is not modelled). So its bytes are private memory here. Which objects are in a list is not followed: one that is taken out holds
 * anything, and there may always be one or none, which only adds behaviours. What a run has put into an object is handed over with it, and may come back
 * with any other. Objects that are looked at while they stay in their list (bpf_list_front) are not modelled: they are shared.
 */
public final class ObjectCalls {
    private ObjectCalls() {}

    /** {@return whether the kernel function is one of these} */
    static boolean concerns(String function) {
        return makes(function) || drops(function) || pushes(function) || takes(function);
    }

    /** {@return whether the program allocates objects, or takes them out of lists} */
    public static boolean used(BpfProgram program) {
        return program.references().anySatisfy(r -> r instanceof Reference.Kfunc k && (makes(k.name()) || takes(k.name())));
    }

    private static boolean makes(String function) {
        return function.equals("bpf_obj_new_impl") || function.equals("bpf_obj_new");
    }

    private static boolean drops(String function) {
        return function.equals("bpf_obj_drop_impl") || function.equals("bpf_obj_drop");
    }

    private static boolean pushes(String function) {
        return function.startsWith("bpf_list_push_front") || function.startsWith("bpf_list_push_back");
    }

    private static boolean takes(String function) {
        return function.equals("bpf_list_pop_front") || function.equals("bpf_list_pop_back");
    }

    /** {@return always true: the machine has returned from the call} @param function one that {@link #concerns} this class */
    static boolean call(Machine m, String function, Deque<Machine> work) {
        if (drops(function)) {
            return HelperCalls.finish(m, Value.of(0));
        }
        if (pushes(function)) {
            m.packet = m.packet.handing(Provenance.of(m, 2, -1));
            return HelperCalls.finish(m, m.unknownValue(8));
        }
        Machine none = m.copy();
        HelperCalls.finish(none, Value.of(0));
        work.push(none);
        int id = 0;
        while (m.memories.containsKey(id)) {
            id++;
        }
        m.memories.put(id, Cells.EMPTY);
        return HelperCalls.finish(m, Value.to(new Region.Memory(id, MemoryAccess.OF_ALLOCATED), 0));
    }
}
