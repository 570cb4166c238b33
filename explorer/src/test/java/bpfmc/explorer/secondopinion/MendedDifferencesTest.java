package bpfmc.explorer.secondopinion;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.secondopinion.Assembler.Label;
import bpfmc.explorer.secondopinion.enumerator.Found;
import bpfmc.explorer.secondopinion.enumerator.Found.Property;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.AtomicOp;
import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.program.BpfProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the second opinion has shown bpfmc wrong, a smallest system of each kind: one program, on two CPUs. Both say the same of it now. */
class MendedDifferencesTest {
    /** The files are in the issue's {@code cases}. */
    private enum Kind {
        /** cas_of_older_load. */
        EXCHANGE_OF_AN_OLDER_LOAD,
        /** missed_lookup_other_form. */
        MISSED_KEY_IN_ANOTHER_FORM,
        /** carried_value. */
        CARRIED_THROUGH_THE_PACKET, CARRIED_BY_PACKET_CALLS, CARRIED_THROUGH_CALLS, CARRIED_THROUGH_A_HASH_MAP,
        /** What is loaded by one name of a key is stored by another that nobody has used before. */
        UPDATE_BY_A_NEW_NAME,
        /** never_stored: BPF_NOEXIST on a key that is there. */
        STORES_NOTHING,
        /** never_stored: more keys than the map has room for. */
        A_FULL_MAP_TAKES_MORE,
        /** What others stored over a part of what the run had put there still counted as the run's, and so as compared. */
        EXCHANGE_OF_PART_OF_A_COPY,
        /** {@code (mark & 3) == 1} and {@code (mark & 1) == 0} were taken for possible. */
        CONDITION_NOT_DECIDED,
        /** Conditions of constants alone that contradict each other: an internal error. */
        NOTHING_TO_SOLVE_FOR;

        boolean loses() {
            return compareTo(STORES_NOTHING) < 0 || this == NOTHING_TO_SOLVE_FOR || this == EXCHANGE_OF_PART_OF_A_COPY;
        }
    }

    private static final Register BASE = Register.R6;
    private static final Register LOADED = Register.R8;
    private static final Register CONTEXT = Register.R9;
    private static final int KEY = -8;
    private static final int VALUE = -24;
    private static final int CARRY = -32;

    private final Label end = new Label();
    private final Assembler code = new Assembler().move(CONTEXT, Register.R1);

    @ParameterizedTest
    @EnumSource
    void bothSayTheSame(Kind kind) {
        Comparison c = Comparison.of(SmallSystem.twice(program(kind))).orElseThrow();
        assertThat(c.onlyEnumerated()).isEmpty();
        assertThat(c.onlyConfirmed()).isEmpty();
        assertThat(c.onlyPossible()).isEmpty();
        assertThat(c.confirmed().stream().map(Found::property).anyMatch(p -> p == Property.LOST_UPDATE)).isEqualTo(kind.loses());
    }

    /** A load counted as overwritten as a whole, where others store to other bytes of it than those that are stored back. */
    @Test
    void whatOthersStoreBesideIsNotLost() {
        BpfProgram high = code.data(BASE, RandomObjects.DATA, 0).load(Size.DOUBLE, LOADED, BASE, 0).alu(AluOp.RSH, LOADED, 32).alu(AluOp.ADD, LOADED, 1)
                .store(Size.WORD, BASE, 4, LOADED).exit().program("high", "tc");
        BpfProgram low = new Assembler().data(BASE, RandomObjects.DATA, 0).store(Size.WORD, BASE, 0, 7).exit().program("low", "tc");
        Comparison c = Comparison.of(SmallSystem.onCpus(1, high, low)).orElseThrow();
        assertThat(c.confirmed()).isEqualTo(c.enumerated()).extracting(Found::property).containsOnly(Property.DATA_RACE);
    }

    /** An NMI inside an update or a deletion finds the bucket locked, and is refused. */
    @Test
    void anNmiInsideAnUpdateIsRefused() {
        code.store(Size.DOUBLE, Register.R10, VALUE, 1);
        key(0);
        update(0);
        BpfProgram updates = code.exit().program("updates", "tc");
        Label fine = new Label();
        BpfProgram deletes = new Assembler().store(Size.WORD, Register.R10, KEY, 0).map(Register.R1, RandomObjects.HASH).stack(Register.R2, KEY).call(3)
                .branch(Condition.EQ, Register.R0, 0, fine).branch(Condition.EQ, Register.R0, -2, fine).data(BASE, RandomObjects.DATA, 0)
                .store(Size.DOUBLE, BASE, 0, 1).label(fine).exit().program("deletes", "freplace/f");
        BpfProgram reads = new Assembler().data(BASE, RandomObjects.DATA, 0).load(Size.DOUBLE, LOADED, BASE, 0).exit().program("reads", "tc");
        Comparison c = Comparison.of(SmallSystem.interrupted(updates, deletes, reads)).orElseThrow();
        assertThat(c.confirmed()).isEqualTo(c.enumerated()).extracting(Found::property).containsOnly(Property.DATA_RACE);
    }

    /** A lookup that finds the key settles the miss of an older one, which has named it otherwise. */
    @Test
    void aMissIsSettledByALookupOfAnotherName() {
        key(Register.R7, 3).call(1).branch(Condition.NE, Register.R0, 0, end).branch(Condition.NE, Register.R7, 1, end)
                .store(Size.DOUBLE, Register.R10, VALUE, 1);
        key(1);
        update(1);
        key(1).call(1).branch(Condition.EQ, Register.R0, 0, end);
        key(1);
        update(0);
        Comparison c = Comparison.of(SmallSystem.twice(code.label(end).exit().program("p", "tc"))).orElseThrow();
        assertThat(c.confirmed()).isEqualTo(c.enumerated());
        assertThat(c.onlyPossible()).isEmpty();
    }

    /** bpf_for_each_map_elem came to the same key twice: the lock that its callback had taken there was taken twice. */
    @Test
    void aWalkComesToEachKeyOnce() {
        Label callback = new Label();
        BpfProgram walk = new Assembler().map(Register.R1, RandomObjects.GUARDED).function(Register.R2, callback).move(Register.R3, 0).move(Register.R4, 0)
                .call(164).exit().callback(callback).move(Register.R1, Register.R3).call(93).exit().program("walk", "tc");
        for (int room = 1; room <= 2; room++) {
            Comparison c = Comparison.of(SmallSystem.onCpus(room, walk)).orElseThrow();
            assertThat(c.confirmed()).isEqualTo(c.enumerated()).extracting(Found::property).containsOnly(Property.LOCK_DISCIPLINE);
        }
    }

    /** The element that comes next is read before the callback of this one runs: a callback that deletes it is handed it all the same. */
    @Test
    void aWalkComesToWhatItsCallbackHasDeleted() {
        Label callback = new Label();
        Assembler a = new Assembler().map(Register.R1, RandomObjects.HASH).function(Register.R2, callback).move(Register.R3, 0).move(Register.R4, 0)
                .call(164).exit().callback(callback).store(Size.DOUBLE, Register.R3, 0, 1);
        for (int key = 0; key < 2; key++) {
            a.store(Size.WORD, Register.R10, KEY, key).map(Register.R1, RandomObjects.HASH).stack(Register.R2, KEY).call(3);
        }
        BpfProgram walk = a.exit().program("walk", "tc");
        for (int room = 1; room <= 2; room++) {
            Comparison c = Comparison.of(SmallSystem.onCpus(room, walk)).orElseThrow();
            assertThat(c.confirmed()).isEqualTo(c.enumerated()).extracting(Found::property).hasSize(room - 1).containsOnly(
                    room == 1 ? new Property[0] : new Property[] {Property.STALE_ELEMENT});
        }
    }

    private BpfProgram program(Kind kind) {
        code.data(BASE, RandomObjects.DATA, 0);
        switch (kind) {
            case EXCHANGE_OF_AN_OLDER_LOAD -> code.load(Size.WORD, Register.R7, BASE, 0).load(Size.WORD, Register.R0, BASE, 0)
                    .alu(AluOp.ADD, Register.R7, 1).atomic(AtomicOp.CMPXCHG, true, Size.WORD, BASE, 0, Register.R7);
            case MISSED_KEY_IN_ANOTHER_FORM -> {
                key(Register.R7, 3).call(1).branch(Condition.NE, Register.R0, 0, end).branch(Condition.NE, Register.R7, 1, end)
                        .store(Size.DOUBLE, Register.R10, VALUE, 1);
                key(1);
                update(0);
            }
            case CARRIED_THROUGH_THE_PACKET -> loaded().load(Size.WORD, Register.R2, CONTEXT, 76).load(Size.WORD, Register.R3, CONTEXT, 80)
                    .move(Register.R4, Register.R2).alu(AluOp.ADD, Register.R4, 8).branch(Condition.GT, Register.R4, Register.R3, end)
                    .store(Size.DOUBLE, Register.R2, 0, LOADED).load(Size.DOUBLE, LOADED, Register.R2, 0);
            case CARRIED_BY_PACKET_CALLS -> {
                loaded().store(Size.DOUBLE, Register.R10, CARRY, LOADED);
                packetCall().move(Register.R5, 0).call(9);
                packetCall().call(26).load(Size.DOUBLE, LOADED, Register.R10, CARRY);
            }
            case CARRIED_THROUGH_CALLS -> loaded().store(Size.DOUBLE, Register.R10, CARRY, LOADED).move(Register.R1, 0).move(Register.R2, 0)
                    .stack(Register.R3, CARRY).move(Register.R4, 8).move(Register.R5, 0).call(28).move(LOADED, Register.R0);
            case CARRIED_THROUGH_A_HASH_MAP -> {
                loaded().store(Size.DOUBLE, Register.R10, VALUE, LOADED);
                key(0);
                update(0);
                key(0).call(1).branch(Condition.EQ, Register.R0, 0, end).load(Size.DOUBLE, LOADED, Register.R0, 0);
            }
            case UPDATE_BY_A_NEW_NAME -> {
                key(1).call(1).branch(Condition.EQ, Register.R0, 0, end).move(LOADED, 0).atomic(AtomicOp.ADD, true, Size.DOUBLE, Register.R0, 0, LOADED)
                        .store(Size.DOUBLE, Register.R10, VALUE, LOADED);
                key(Register.R7, 1);
                update(0);
            }
            case A_FULL_MAP_TAKES_MORE -> {
                code.store(Size.DOUBLE, Register.R10, VALUE, 0);
                key(0);
                update(0);
                code.branch(Condition.NE, Register.R0, 0, end);
                key(1);
                update(0);
                code.branch(Condition.NE, Register.R0, 0, end).data(BASE, RandomObjects.DATA, 0).store(Size.DOUBLE, BASE, 0, 1);
            }
            case CONDITION_NOT_DECIDED -> {
                key(Register.R7, 3).branch(Condition.NE, Register.R7, 1, end);
                key(Register.R7, 1).branch(Condition.NE, Register.R7, 0, end).store(Size.DOUBLE, BASE, 0, 1);
            }
            case NOTHING_TO_SOLVE_FOR -> code.store(Size.WORD, BASE, 0, 1).move(Register.R7, 0).atomic(AtomicOp.ADD, true, Size.WORD, BASE, 0, Register.R7)
                    .load(Size.WORD, Register.R0, BASE, 0).alu(AluOp.ADD, Register.R7, 1).atomic(AtomicOp.CMPXCHG, true, Size.WORD, BASE, 0, Register.R7);
            case EXCHANGE_OF_PART_OF_A_COPY -> {
                key(1).call(1).branch(Condition.EQ, Register.R0, 0, end).load(Size.DOUBLE, LOADED, Register.R0, 0).alu(AluOp.ADD, LOADED, 1)
                        .store(Size.DOUBLE, Register.R10, VALUE, LOADED);
                key(1);
                update(2);
                key(1).call(1).branch(Condition.EQ, Register.R0, 0, end).move(BASE, Register.R0).load(Size.WORD, Register.R7, BASE, 4)
                        .load(Size.WORD, Register.R0, BASE, 4).alu(AluOp.ADD, Register.R7, 1).atomic(AtomicOp.CMPXCHG, true, Size.WORD, BASE, 4, Register.R7);
            }
            case STORES_NOTHING -> {
                key(0).call(1).branch(Condition.EQ, Register.R0, 0, end).move(LOADED, 1).atomic(AtomicOp.ADD, true, Size.DOUBLE, Register.R0, 0, LOADED)
                        .store(Size.DOUBLE, Register.R10, VALUE, LOADED);
                key(0);
                update(1);
            }
        }
        return storedBack(kind).label(end).exit().program("p", "tc");
    }

    private Assembler loaded() {
        return code.load(Size.DOUBLE, LOADED, BASE, 0);
    }

    private Assembler storedBack(Kind kind) {
        return kind.name().startsWith("CARRIED") ? code.alu(AluOp.ADD, LOADED, 1).store(Size.DOUBLE, BASE, 0, LOADED) : code;
    }

    private Assembler key(int key) {
        return code.store(Size.WORD, Register.R10, KEY, key).map(Register.R1, RandomObjects.HASH).stack(Register.R2, KEY);
    }

    private Assembler key(Register into, int mask) {
        return code.load(Size.WORD, into, CONTEXT, 8).alu(AluOp.AND, into, mask).store(Size.WORD, Register.R10, KEY, into)
                .map(Register.R1, RandomObjects.HASH).stack(Register.R2, KEY);
    }

    private void update(int flags) {
        code.stack(Register.R3, VALUE).move(Register.R4, flags).call(2);
    }

    private Assembler packetCall() {
        return code.move(Register.R1, CONTEXT).move(Register.R2, 0).stack(Register.R3, CARRY).move(Register.R4, 8);
    }
}
