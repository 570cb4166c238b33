package bpfmc.model.rules;

import static bpfmc.model.isa.Register.R0;
import static bpfmc.model.isa.Register.R10;
import static bpfmc.model.isa.Register.R1;
import static bpfmc.model.isa.Register.R6;
import static bpfmc.model.isa.Register.R7;
import static bpfmc.model.isa.Register.R8;
import static bpfmc.model.isa.Register.R9;
import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Size;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LockRulesTest {
    private static Code locked() {
        return new Code().move(R6, R1).lookup(R7).call(Code.LOCK, R7, 0);
    }

    @Test
    void acceptALockThatIsReleased() {
        assertThat(locked().store(R7, 8, 1, Size.DOUBLE).call(Code.UNLOCK, R7, 0).exit().broken()).isEmpty();
    }

    @Test
    void refuseAPathThatSkipsTheUnlock() {
        assertThat(locked().load(R8, R6, 0, Size.WORD).branch(Condition.EQ, R8, 5, 1).call(Code.UNLOCK, R7, 0).label(1).exit().broken())
                .containsExactly("unlock-before-exit");
    }

    @Test
    void followKnownConditions() {
        Code code = new Code().move(R6, R1).lookup(R7).load(R8, R6, 0, Size.WORD).move(R9, 0).branch(Condition.EQ, R8, 5, 1)
                .move(R9, 1).call(Code.LOCK, R7, 0).label(1).branch(Condition.EQ, R9, 0, 2).call(Code.UNLOCK, R7, 0).label(2).exit();
        assertThat(code.broken()).isEmpty();
    }

    @Test
    void refuseWhatAnUnknownConditionMayDo() {
        Code code = new Code().move(R6, R1).lookup(R7).load(R8, R6, 0, Size.WORD).load(R9, R6, 4, Size.WORD).branch(Condition.EQ, R8, 5, 1)
                .call(Code.LOCK, R7, 0).label(1).branch(Condition.EQ, R9, 0, 2).call(Code.UNLOCK, R7, 0).label(2).exit();
        assertThat(code.broken()).containsExactlyInAnyOrder("unlock-without-lock", "unlock-before-exit");
    }

    @Test
    void knowALockByItsLookupNotByItsKey() {
        assertThat(new Code().lookup(R7).lookup(R8).call(Code.LOCK, R7, 0).call(Code.UNLOCK, R8, 0).exit().broken())
                .containsExactly("unlock-same-lock");
        assertThat(new Code().lookup(R7).lookup(R8).call(Code.LOCK, R7, 0).call(Code.LOCK, R8, 0).exit().broken())
                .containsExactly("one-lock-held");
    }

    /** The verifier refuses it in its own words, which are none of the lock's rules. */
    @Test
    void surviveAnAtomicThatAddsTheFrameToTheContext() {
        assertThat(new Code().add(new bpfmc.model.isa.Instruction.Atomic(bpfmc.model.isa.AtomicOp.ADD, false, Size.DOUBLE, R1, (short) 48, R10)).exit()
                .broken()).isEmpty();
    }

    @Test
    void refuseCallsUnderTheLock() {
        assertThat(locked().call(Code.KTIME).call(Code.UNLOCK, R7, 0).exit().broken()).containsExactly("calls-under-lock");
        assertThat(locked().call(Code.UNLOCK, R7, 0).call(Code.KTIME).exit().broken()).isEmpty();
    }

    @Test
    void refuseOtherAddresses() {
        assertThat(new Code().lookup(R7).call(Code.LOCK, R7, 8).exit().broken()).containsExactly("offset-points-at-lock");
        assertThat(new Code().move(R7, R10).call(Code.LOCK, R7, -8).exit().broken()).containsExactly("lock-argument");
        assertThat(new Code().move(R6, R1).lookup(R7).load(R8, R6, 0, Size.BYTE)
                .add(new bpfmc.model.isa.Instruction.Alu(bpfmc.model.isa.Width.W64, bpfmc.model.isa.AluOp.ADD, R7,
                        new bpfmc.model.isa.Operand.Reg(R8))).call(Code.LOCK, R7, 0).exit().broken()).containsExactly("constant-offset");
    }

    @Test
    void keepTheLocksBytesFromLoadsStoresAndHelpers() {
        assertThat(new Code().lookup(R7).load(R0, R7, 0, Size.WORD).exit().broken()).containsExactly("field-access");
        assertThat(new Code().lookup(R7).store(R7, 0, 0, Size.WORD).exit().broken()).containsExactly("field-access");
        assertThat(new Code().lookup(R7).load(R0, R7, 4, Size.WORD).store(R7, 8, 0, Size.DOUBLE).exit().broken()).isEmpty();
    }

    @Test
    void nameTypesOfProgramsThatTakeNoLock() {
        for (String section : new String[] {"kprobe/f", "tp/a/b", "perf_event", "raw_tp/x"}) {
            assertThat(locked().call(Code.UNLOCK, R7, 0).exit().broken(section)).as(section).containsExactly("tracing-program");
        }
        assertThat(locked().call(Code.UNLOCK, R7, 0).exit().broken("socket")).containsExactly("socket-filter");
        assertThat(locked().call(Code.UNLOCK, R7, 0).exit().broken("fentry/f")).isEmpty();
    }

    /** Five thousand instructions, five hundred branches on unknown bytes, a sum that differs on every way. */
    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void judgeLargeProgramsWithoutFollowingEveryWayApart() {
        Code code = locked().move(R9, 0);
        for (int i = 0; i < 500; i++) {
            code.load(R8, R6, 4 * (i % 30), Size.WORD).branch(Condition.EQ, R8, i, i).plus(R9, 1 << (i % 20)).plus(R8, 3)
                    .move(R0, R8).plus(R0, 1).plus(R0, 2).plus(R0, 3).label(i).store(R7, 8, i, Size.WORD)
                    .add(new bpfmc.model.isa.Instruction.Store(Size.WORD, R7, (short) 12, new bpfmc.model.isa.Operand.Reg(R9)));
        }
        assertThat(code.size()).isGreaterThan(4900);
        assertThat(code.call(Code.UNLOCK, R7, 0).exit().broken()).isEmpty();
    }

    /** Random nests of branches, loops, sections and calls that keep every rule; then one thing is changed. */
    @Test
    void findWhatIsChangedInRandomPrograms() {
        int changed = 0;
        for (int seed = 0; seed < 400; seed++) {
            assertThat(new RandomProgram(new Random(seed), RandomProgram.Fault.NONE).broken()).as("seed " + seed).isEmpty();
            for (RandomProgram.Fault fault : RandomProgram.Fault.values()) {
                var program = new RandomProgram(new Random(seed), fault);
                if (fault != RandomProgram.Fault.NONE && program.sections() > 0) {
                    assertThat(program.broken()).as("seed %d, %s", seed, fault).isNotEmpty();
                    changed++;
                }
            }
        }
        assertThat(changed).isGreaterThan(1000);
    }
}
