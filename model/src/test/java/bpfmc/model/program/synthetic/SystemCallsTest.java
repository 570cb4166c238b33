package bpfmc.model.program.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.isa.Instruction;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.KernelStep;
import bpfmc.model.program.Reference;
import bpfmc.model.program.load.ObjectReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemCallsTest {
    private static final BpfObject OBJECT = ObjectReader.read(Path.of("..", "specs", "user", "update_lock.bpf.o"));

    private static BpfProgram program(String call) {
        return SystemCalls.added(OBJECT, call).programs().getLast();
    }

    @Test
    void copiesAroundTheLockWordByWord() {
        var loads = program("lookup stats").code().selectInstancesOf(Instruction.Load.class).reject(l -> l.base().number() == 1);
        assertThat(loads.collect(l -> l.offset() + ":" + l.size().bytes())).containsExactly("4:4", "8:8", "16:8");
    }

    @Test
    void takesTheLockOnlyWhenAsked() {
        assertThat(calls("lookup stats")).containsExactly(1);
        assertThat(calls("lookup stats lock")).containsExactly(1, 93, 94);
        assertThat(calls("rewrite stats lock")).containsExactly(1, 93, 94, 2);
        assertThat(calls("update stats")).containsExactly(2);
        assertThat(calls("delete stats")).containsExactly(3);
    }

    @Test
    void aLookupAndDeleteHoldsTheLockOfTheBucketAroundTheElements() {
        BpfObject hash = ObjectReader.read(Path.of("..", "specs", "user", "drain_lock.bpf.o"));
        BpfProgram program = SystemCalls.added(hash, "lookup-and-delete stats lock").programs().getLast();
        assertThat(program.code().selectInstancesOf(Instruction.CallHelper.class).collect(Instruction.CallHelper::helper)).containsExactly(93, 94);
        assertThat(program.references().values().stream().filter(r -> r instanceof Reference.Kernel).map(r -> ((Reference.Kernel) r).step()))
                .containsExactlyInAnyOrder(KernelStep.LOCK_BUCKET, KernelStep.DELETE);
    }

    private static Iterable<Integer> calls(String call) {
        return program(call).code().selectInstancesOf(Instruction.CallHelper.class).collect(Instruction.CallHelper::helper);
    }

    @Test
    void isAddedOnceAndCalledByItsWords() {
        BpfObject twice = SystemCalls.added(SystemCalls.added(OBJECT, "update stats lock"), "update:stats:lock");
        assertThat(twice.programs()).hasSize(OBJECT.programs().size() + 1);
        assertThat(twice.programs().getLast().name()).isEqualTo("user:update stats lock");
    }

    @ParameterizedTest
    @CsvSource({"update,write 'lookup MAP'", "update stat,there is no map 'stat'", "upsert stats,'upsert' is not known", "update stats locked,'locked' is not understood",
        "update stats key=x,no 32-bit key", "update stats noexist exist,contradict each other", "lookup-and-delete stats,the kernel answers -ENOTSUPP", "replace stats,which inner map?", "replace stats stats,'inner maps can be replaced in an ARRAY_OF_MAPS'",
        "replace stats stots,there is no map 'stots'"})
    void whatIsWrongIsSaid(String call, String message) {
        assertThatThrownBy(() -> program(call)).isInstanceOf(InputException.class).hasMessageContaining(message);
    }

    @Test
    void aLockThatIsNotThereIsAskedForInVain() {
        BpfObject object = ObjectReader.read(Path.of("..", "specs", "atomics", "add.bpf.o"));
        assertThatThrownBy(() -> SystemCalls.added(object, "update " + object.maps().getFirst().name() + " lock"))
                .isInstanceOf(InputException.class).hasMessageContaining("-EINVAL");
    }
}
