package bpfmc.model.thread;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.machine.Machine;
import bpfmc.model.step.CpuFlags;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.Term;
import bpfmc.model.value.Terms;
import bpfmc.model.value.Value;
import org.junit.jupiter.api.Test;

/** A loop whose rounds differ in r6, while r7 and r8 stay as they are. */
class WideningTest {
    private static final Value STAYS = Value.of(5);

    private final Machine machine = Machine.atEntry(CpuFlags.AS_FOUND);
    private final Widening widening = new Widening();

    @Test
    void whatDiffersFromTurnToTurnBecomesUnknown() {
        for (int turn = 0; turn < 10; turn++) {
            machine.registers[6] = Value.of(turn);
            machine.registers[7] = STAYS;
            widening.comesBack(machine);
        }
        assertThat(machine.registers[6]).isNotEqualTo(Value.of(9));
        assertThat(((Value.Scalar) machine.registers[6]).term()).isInstanceOf(Symbol.class);
        assertThat(machine.registers[7]).isEqualTo(STAYS);
    }

    @Test
    void firstTurnsAndCountedLoopsAreFollowed() {
        for (int turn = 0; turn < 3; turn++) {
            machine.registers[6] = Value.of(turn);
            widening.comesBack(machine);
            assertThat(machine.registers[6]).isEqualTo(Value.of(turn));
        }
        machine.pc = 1;
        for (int round = 0; round < 5_000; round++) {
            machine.registers[6] = Value.of(round);
            widening.arrives(machine);
        }
        assertThat(machine.registers[6]).isEqualTo(Value.of(4_999));
    }

    /** The loads that a number came from are known of it still: lost updates rest on them. Clock samples keep their order. */
    @Test
    void provenanceAndClocksStay() {
        Term sample = new Symbol(Symbol.OWN, Symbol.Kind.MONOTONIC_CLOCK, 1, 0, 8);
        for (int turn = 0; turn < 10; turn++) {
            machine.registers[6] = new Value.Scalar(Terms.constant(turn), 4);
            machine.registers[8] = Value.of(Terms.add(sample, Terms.constant(turn)));
            widening.comesBack(machine);
        }
        assertThat(((Value.Scalar) machine.registers[6]).loads()).isEqualTo(4);
        assertThat(machine.registers[8]).isEqualTo(Value.of(Terms.add(sample, Terms.constant(9))));
    }
}
