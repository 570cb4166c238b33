package bpfmc.explorer.secondopinion;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.secondopinion.enumerator.Found;
import bpfmc.explorer.secondopinion.enumerator.Found.Property;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.program.BpfProgram;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where bpfmc is known to be wrong (issue 18, in {@code cases}). A kind that is mended is struck out here, with its system in
 * {@link KnownDifferencesTest}, which fails once the kind's system shows none.
 */
enum KnownDifference {
    /** A compare-and-exchange that stores what an older load gave is no lost update (cas_of_older_load). */
    EXCHANGE_OF_AN_OLDER_LOAD(Side.MISSED) {
        @Override
        boolean explains(BpfProgram p, int from, int to) {
            return p.code().get(to) instanceof Instruction.Atomic a && a.op() == AtomicOp.CMPXCHG;
        }
    },
    /** A key that was not found and the same key inserted are taken for two if they are written in two ways (missed_lookup_other_form). */
    MISSED_KEY_IN_ANOTHER_FORM(Side.MISSED) {
        @Override
        boolean explains(BpfProgram p, int from, int to) {
            return calls(p, from, from + 1, LOOKUP) && calls(p, to, to + 1, UPDATE);
        }
    },
    /** What is written to the packet and read again comes from nowhere (carried_value). */
    CARRIED_THROUGH_THE_PACKET(Side.MISSED) {
        @Override
        boolean explains(BpfProgram p, int from, int to) {
            return IntStream.range(from, to).anyMatch(i -> p.code().get(i) instanceof Instruction.Store s && s.base() == Register.R2);
        }
    },
    /** Likewise what bpf_skb_store_bytes and bpf_skb_load_bytes carry. */
    CARRIED_BY_PACKET_CALLS(Side.MISSED) {
        @Override
        boolean explains(BpfProgram p, int from, int to) {
            return calls(p, from, to, STORE_BYTES);
        }
    },
    /** Likewise what a call copies or computes. */
    CARRIED_THROUGH_CALLS(Side.MISSED) {
        @Override
        boolean explains(BpfProgram p, int from, int to) {
            return calls(p, from, to, CHECKSUM) || calls(p, from, to, READ_KERNEL);
        }
    },
    /** Likewise what goes through a value of a hash map. */
    CARRIED_THROUGH_A_HASH_MAP(Side.MISSED) {
        @Override
        boolean explains(BpfProgram p, int from, int to) {
            return calls(p, from, to, UPDATE) && calls(p, from, to, LOOKUP);
        }
    },
    /** An update of a key by a name that nobody has used before loses nothing, though the key may be one that was loaded from. */
    UPDATE_BY_A_NEW_NAME(Side.MISSED) {
        @Override
        boolean explains(BpfProgram p, int from, int to) {
            return calls(p, to, to + 1, UPDATE) && IntStream.range(from, to).anyMatch(i -> p.code().get(i) instanceof Instruction.Store s
                    && s.base() == Register.R10 && s.size() == Size.WORD && s.src() instanceof Operand.Reg);
        }
    },
    /** An update with BPF_NOEXIST of a key that is there counts as a store (never_stored). */
    STORES_NOTHING(Side.EXTRA) {
        @Override
        boolean explains(BpfProgram p, int from, int to) {
            return calls(p, to, to + 1, UPDATE)
                    && p.code().get(to - 1) instanceof Instruction.Move m && m.dst() == Register.R4 && m.src().equals(new Operand.Imm(1));
        }
    },
    /** A map takes more keys than it has room for (never_stored). */
    A_FULL_MAP_TAKES_MORE(Side.EXTRA) {
        @Override
        boolean explains(BpfProgram p, int from, int to) {
            return false;
        }
    };

    private static final int LOOKUP = 1;
    private static final int UPDATE = 2;
    private static final int STORE_BYTES = 9;
    private static final int CHECKSUM = 28;
    private static final int READ_KERNEL = 113;

    /** Whether bpfmc misses what the enumerator finds, or confirms what it does not. */
    enum Side { MISSED, EXTRA }

    private final Side side;

    KnownDifference(Side side) {
        this.side = side;
    }

    /** {@return whether that is why the opinions on a lost update differ} @param from slot of the load @param to of the store */
    abstract boolean explains(BpfProgram p, int from, int to);

    private static boolean calls(BpfProgram p, int from, int to, int helper) {
        return IntStream.range(from, to).anyMatch(i -> p.code().get(i) instanceof Instruction.CallHelper c && c.helper() == helper);
    }

    /** {@return which one a difference is, if any} */
    static Optional<KnownDifference> of(Scenario scenario, Comparison compared, Side side, Found found) {
        if (side == Side.EXTRA && compared.roomier().contains(found)) {
            return Optional.of(A_FULL_MAP_TAKES_MORE);
        }
        if (found.property() != Property.LOST_UPDATE) {
            return Optional.empty();
        }
        Found.Place load = found.places().getFirst();
        Found.Place store = found.places().getLast();
        BpfProgram program = scenario.object().programs().detect(p -> p.name().equals(load.program()));
        return Arrays.stream(values()).filter(k -> k.side == side && k.explains(program, load.slot(), store.slot())).findFirst();
    }
}
