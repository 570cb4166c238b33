package bpfmc.model.thread;

import bpfmc.model.flow.Liveness;
import bpfmc.model.flow.RegisterUse;
import bpfmc.model.machine.Frame;
import bpfmc.model.machine.Machine;
import bpfmc.model.machine.MachineValues;
import bpfmc.model.machine.PacketState;
import bpfmc.model.machine.PrivateState;
import bpfmc.model.machine.StoredProvenance;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.step.SharedLoad;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Cells;
import bpfmc.model.value.Facts;
import bpfmc.model.value.Region;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * Brings a machine into canonical form ({@link PrivateState}): what can no longer be read is forgotten, what remains is
 * numbered in the order it is met. Forgetting is decided by {@link Liveness} for registers and for a function's own
 * accesses to its frame, and by reachability through pointers for everything else.
 */
public final class Canonical implements Interpreter.Form {
    private static final int WORD = 8;

    private final BpfProgram program;
    private final Liveness liveness;

    public Canonical(BpfProgram program, Liveness liveness) {
        this.program = program;
        this.liveness = liveness;
    }

    @Override
    public PrivateState finished(Machine m) {
        if (((VisibleOperation.End) m.operation).returned().isEmpty()) {
            return PrivateState.finished(m.held, m.flags, m.pc);
        }
        Arrays.fill(m.registers, null);
        m.frames.clear();
        m.misses = Lists.immutable.empty();
        m.parked = StoredProvenance.none();
        m.pc = PrivateState.placeOfEnd(m.held, m.flags, m.pc);
        m.exported = 0;
        m.tailCalls = 0;
        m.packet = PacketState.AS_FOUND;
        forgetUnreachable(m);
        renumber(m);
        return m.freeze();
    }

    @Override
    public boolean merges() {
        return true;
    }

    /**
     * {@return the canonical form} Changes the machine.
     *
     * @param again whether the instruction at the program counter will be executed (again), so that its operands count
     */
    @Override
    public PrivateState of(Machine m, boolean again) {
        forgetUnread(m, again);
        if (!liveness.updatesFrom(m.pc) && m.frames.size() == 1) {
            m.misses = Lists.immutable.empty();
        }
        forgetParked(m);
        renumber(m);
        return m.freeze();
    }

    /** Forgets what is not read any more, but renames nothing. */
    public void forgetUnread(Machine m, boolean again) {
        int at = again ? m.pc : m.pc + 1;
        int live = liveness.registersAt(at) & (again ? -1 : ~RegisterUse.of(program, m.pc).writes());
        for (int r = 0; r < 10; r++) {
            if ((live & 1 << r) == 0) {
                m.registers[r] = null;
            }
        }
        forgetSaved(m);
        forgetStack(m, liveness.stackAt(at));
        if (!liveness.readsKernelFrom(m.pc) && m.frames.size() == 1) {
            m.packet = m.packet.unread();
        }
        forgetUnreachable(m);
    }

    /** Forgets facts about unknowns that no value holds. */
    public static void forgetFacts(Machine m) {
        if (!m.facts.equals(Facts.NONE)) {
            Set<Symbol> used = new HashSet<>();
            MachineValues.forEachValue(m, v -> Terms.forEachSymbol(term(v), used::add));
            m.facts = m.facts.retain(s -> used.contains(s) || s.kind() == Symbol.Kind.READ_ONLY);
        }
    }

    /** What is parked where the run has no address of, nor comes to one by a lookup, it does not read again. */
    private void forgetParked(Machine m) {
        if (m.parked.isEmpty() || liveness.looksUpFrom(m.pc) || m.frames.size() > 1) {
            return;
        }
        Set<Integer> reachable = new HashSet<>();
        MachineValues.forEachValue(m, v -> {
            if (v instanceof Value.Pointer p && p.region() instanceof Region.Element e) {
                reachable.add(e.slot());
            }
        });
        m.parked = m.parked.select(p -> reachable.contains(p.element()));
    }

    private void forgetSaved(Machine m) {
        for (int f = 1; f < m.frames.size(); f++) {
            Frame frame = m.frames.get(f);
            int live = liveness.registersAt(frame.returnTo());
            m.frames.set(f, frame.withSaved(Lists.immutable.withAll(
                    frame.saved().collectWithIndex((v, i) -> i < 4 && (live & 1 << (6 + i)) == 0 ? null : v))));
        }
    }

    /** A frame's cells stay where its function may read them, all of them when somebody else has an address inside. */
    private void forgetStack(Machine m, long topLive) {
        boolean[] whole = new boolean[m.frames.size()];
        boolean changed = true;
        List<Cells> kept = new ArrayList<>();
        while (changed) {
            kept.clear();
            for (int f = 0; f < m.frames.size(); f++) {
                long live = whole[f] ? -1L : f == m.depth() ? topLive : liveness.stackAt(m.frames.get(f + 1).returnTo());
                kept.add(m.frames.get(f).stack().select(c -> (live & words(c)) != 0));
            }
            changed = markReferenced(m, kept, whole);
        }
        for (int f = 0; f < m.frames.size(); f++) {
            m.frames.set(f, m.frames.get(f).withStack(kept.get(f)));
        }
    }

    private static boolean markReferenced(Machine m, List<Cells> stacks, boolean[] whole) {
        int before = count(whole);
        for (int r = 0; r < 10; r++) {
            mark(m.registers[r], m.depth(), whole);
        }
        for (int f = 1; f < m.frames.size(); f++) {
            int owner = f - 1;
            m.frames.get(f).saved().each(v -> mark(v, owner, whole));
        }
        stacks.forEach(cells -> cells.cells().each(c -> mark(c.value(), -1, whole)));
        m.memories.values().forEach(cells -> cells.cells().each(c -> mark(c.value(), -1, whole)));
        m.context.cells().each(c -> mark(c.value(), -1, whole));
        return count(whole) != before;
    }

    /** An address of a frame in that function's own registers is what the static analysis follows. */
    private static void mark(Value value, int own, boolean[] whole) {
        if (value instanceof Value.Pointer p && p.region() instanceof Region.Stack s && s.frame() != own) {
            whole[s.frame()] = true;
        }
    }

    private static int count(boolean[] flags) {
        int n = 0;
        for (boolean flag : flags) {
            n += flag ? 1 : 0;
        }
        return n;
    }

    private static long words(Cells.Cell cell) {
        long set = 0;
        for (int word = Math.floorDiv(cell.offset(), WORD); word <= Math.floorDiv(cell.offset() + cell.size() - 1, WORD); word++) {
            set |= 1L << (-word - 1);
        }
        return set;
    }

    private static void forgetUnreachable(Machine m) {
        Set<Region> reached = new HashSet<>();
        Deque<Region> work = new ArrayDeque<>();
        Consumer<Value> note = v -> {
            if (v instanceof Value.Pointer p && reached.add(p.region())) {
                work.push(p.region());
            }
        };
        MachineValues.forEachInHand(m, note);
        while (!work.isEmpty()) {
            switch (work.pop()) {
                case Region.Memory x -> m.memories.getOrDefault(x.id(), Cells.EMPTY).cells().each(c -> note.accept(c.value()));
                case Region.Context c -> m.context.cells().each(cell -> note.accept(cell.value()));
                case Region r -> { }
            }
        }
        m.memories.keySet().removeIf(id -> reached.stream().noneMatch(r -> r instanceof Region.Memory x && x.id() == id));
        if (!reached.contains(new Region.Context()) && !reached.contains(new Region.Packet())) {
            m.packet = m.packet.unreachable();
        }
        if (!reached.contains(new Region.Context())) {
            m.context = Cells.EMPTY;
            m.contextVersion = 0;
        }
    }

    private static void renumber(Machine m) {
        Map<Symbol, Symbol> names = new LinkedHashMap<>();
        long[] bits = {0};
        int[] fresh = {0};
        MachineValues.forEachValue(m, v -> {
            bits[0] |= v.loads();
            Terms.forEachSymbol(term(v), s -> names.computeIfAbsent(s, k -> k.kind() == Symbol.Kind.FRESH
                    ? new Symbol(k.owner(), k.kind(), fresh[0]++, k.detail(), k.bytes()) : k));
        });
        m.parked.each(p -> bits[0] |= p.loads());
        bits[0] |= m.packet.handedOver() | m.progress.loads();
        m.facts = m.facts.retain(s -> names.containsKey(s) || s.kind() == Symbol.Kind.READ_ONLY);
        m.overtaken = m.overtaken.select(o -> names.containsKey(o.sample()));
        MachineValues.rename(m, names);
        m.fresh = fresh[0];
        keepLoads(m, bits[0]);
    }

    private static bpfmc.model.value.Term term(Value value) {
        return switch (value) {
            case Value.Scalar s -> s.term();
            case Value.Pointer p -> p.offset();
        };
    }

    private static void keepLoads(Machine m, long used) {
        if (m.loads.size() == Long.bitCount(used)) {
            return;
        }
        List<SharedLoad> kept = new ArrayList<>();
        Map<Integer, Integer> moved = new HashMap<>();
        for (int i = 0; i < m.loads.size(); i++) {
            if ((used & 1L << i) != 0) {
                moved.put(i, kept.size());
                kept.add(m.loads.get(i));
            }
        }
        m.loads.clear();
        m.loads.addAll(kept);
        m.parked = m.parked.collect(p -> p.of(moveBits(p.loads(), moved)));
        m.packet = m.packet.handedOver(moveBits(m.packet.handedOver(), moved));
        m.progress = m.progress.from(moveBits(m.progress.loads(), moved));
        MachineValues.change(m, v -> v.loads() == 0 ? v : v.withLoads(moveBits(v.loads(), moved)));
    }

    private static long moveBits(long bits, Map<Integer, Integer> moved) {
        long result = 0;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            result |= 1L << moved.get(Long.numberOfTrailingZeros(rest));
        }
        return result;
    }
}
