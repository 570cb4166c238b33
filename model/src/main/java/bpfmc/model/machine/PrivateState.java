package bpfmc.model.machine;

import bpfmc.model.step.CpuFlags;
import bpfmc.model.step.HeldLock;
import bpfmc.model.step.MissedLookup;
import bpfmc.model.step.SharedLoad;
import bpfmc.model.step.StaleClockSample;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Value;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.map.ImmutableMap;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Maps;

/**
 * All that one run knows on its own, standing before a visible operation. In canonical form: dead registers and stack
 * slots are gone, unknowns that this run alone knows are numbered in the order they are met, facts about forgotten
 * unknowns are dropped; so two states that differ only in what no longer matters are equal.
 *
 * @param pc slot of the instruction that stands before {@code operation}, or that performs it in several steps
 * @param registers r0 to r9, null where dead
 * @param frames the program's own frame first, the running function's last
 * @param context what the run has written to its context
 * @param contextVersion how often a helper may have changed the context
 * @param memories the private memory areas that are still reachable, by id
 * @param packet what the run has done to its packet
 * @param facts what the branches taken say about the unknowns still in use
 * @param loads the shared loads still in use, by the bit that stands for them in {@link Value.Scalar#loads()}
 * @param parked what it has put into map values that comes from those loads
 * @param overtaken of its clock samples still in use, those after which somebody else read the same clock
 * @param misses lookups that found nothing, by map and key
 * @param held locks owned, in the order they were taken
 * @param flags what the run has switched off on its CPU
 * @param fresh how many unknowns of its own the state holds
 * @param exported how many of its unknowns the run has stored in shared memory so far
 * @param tailCalls how many tail calls the run has made
 * @param progress of a helper call of several steps
 * @param operation the visible operation to come
 */
public record PrivateState(
        int pc,
        ImmutableList<Value> registers,
        ImmutableList<Frame> frames,
        Cells context,
        int contextVersion,
        ImmutableMap<Integer, Cells> memories,
        PacketState packet,
        Facts facts,
        ImmutableList<SharedLoad> loads,
        ImmutableList<StoredProvenance> parked,
        ImmutableList<StaleClockSample> overtaken,
        ImmutableList<MissedLookup> misses,
        ImmutableList<HeldLock> held,
        CpuFlags flags,
        int fresh,
        int exported,
        int tailCalls,
        Progress progress,
        VisibleOperation operation) {

    /** {@return the one state after the end, when no lock is left owned and the CPU is as it was found} */
    public static PrivateState finished(ImmutableList<HeldLock> held, CpuFlags flags, int pc) {
        return new PrivateState(placeOfEnd(held, flags, pc), Lists.immutable.empty(),
                Lists.immutable.empty(), Cells.EMPTY, 0, Maps.immutable.empty(), PacketState.AS_FOUND, Facts.NONE, Lists.immutable.empty(),
                StoredProvenance.none(), Lists.immutable.empty(), Lists.immutable.empty(), held, flags, 0, 0, 0, Progress.NONE, new VisibleOperation.End(held, flags));
    }

    /** {@return where a run ends, 0 when that does not matter} */
    public static int placeOfEnd(ImmutableList<HeldLock> held, CpuFlags flags, int pc) {
        return held.isEmpty() && flags.equals(CpuFlags.AS_FOUND) ? 0 : pc;
    }

    /** {@return what the program's own frame holds, by offsets below 0} */
    public Cells ownFrame() {
        return frames.getFirst().stack();
    }

    /** {@return the same knowledge before another operation} */
    public PrivateState standingBefore(VisibleOperation next) {
        return new PrivateState(pc, registers, frames, context, contextVersion, memories, packet, facts, loads, parked, overtaken, misses, held,
                flags, fresh, exported, tailCalls, progress, next);
    }
}
