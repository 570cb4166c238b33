package bpfmc.model.program.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.program.Async;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.verifier.CallbackUses;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;

class AsyncCallbacksTest {
    private static final BpfObject OBJECT = ObjectReader.read(Path.of("..", "specs", "timer", "alone.bpf.o"));
    private static final BpfProgram START = OBJECT.programs().getFirst();

    private static ImmutableList<String> callbacks(BpfProgram... programs) {
        return CallbackUses.added(new BpfObject("x.o", "GPL", Lists.immutable.with(programs), OBJECT.maps(), OBJECT.btf(), Lists.immutable.empty()))
                .programs().collect(BpfProgram::name).select(n -> n.startsWith(Async.TIMER.prefix()));
    }

    private static BpfProgram named(String name, ImmutableList<Instruction> code) {
        return new BpfProgram(name, START.section(), code, START.functions(), START.references(), START.lines(), START.entries(), Optional.empty(), START.origin());
    }

    @Test
    void programsThatShareACallbackHaveOne() {
        assertThat(callbacks(START)).containsExactly("timer:expire");
        assertThat(callbacks(START, named("again", START.code()))).containsExactly("timer:expire");
    }

    @Test
    void functionsOfOneNameThatDifferAreNobodysCallback() {
        Function expire = START.functions().detect(f -> f.name().equals("expire"));
        int[] slot = {-1};
        ImmutableList<Instruction> other = START.code().collect(i -> {
            slot[0]++;
            return slot[0] >= expire.start() && slot[0] < expire.end() && i instanceof Instruction.Alu a && a.src() instanceof Operand.Imm
                    ? new Instruction.Alu(a.width(), a.op(), a.dst(), new Operand.Imm(2)) : i;
        });
        assertThat(other).isNotEqualTo(START.code());
        assertThat(callbacks(START, named("again", other))).isEmpty();
    }

    @Test
    void theCallbackIsTheLastPartOfItsProgramAndCalledWithItsElement() {
        BpfProgram timer = CallbackUses.added(OBJECT).programs().getLast();
        assertThat(timer.functions().collect(Function::name)).containsExactly("timer:expire", "start", "expire");
        assertThat(timer.entries().keysView()).containsExactlyInAnyOrder("timer:expire", "start");
        int call = timer.code().detectIndex(Instruction.CallSubprogram.class::isInstance);
        assertThat(timer.functionAt(call + 1 + ((Instruction.CallSubprogram) timer.code().get(call)).offset()).name()).isEqualTo("expire");
    }

    @Test
    void eachMapHasItsOwnCallbacksAndAFunctionOfBothIsOneForEach() {
        BpfObject object = CallbackUses.added(ObjectReader.read(Path.of("..", "specs", "timer", "two_maps.bpf.o")));
        assertThat(object.programs().collect(BpfProgram::name).drop(2))
                .containsExactlyInAnyOrder("timer:age_flow", "timer:age_conn", "timer:count:flows", "timer:count:conns");
        int flows = object.maps().detect(m -> m.name().equals("flows")).index();
        int conns = object.maps().detect(m -> m.name().equals("conns")).index();
        assertThat(AsyncCallbacks.callback(object, Async.TIMER, "count", conns)).map(BpfProgram::name).contains("timer:count:conns");
        assertThat(AsyncCallbacks.callback(object, Async.TIMER, "age_flow", flows)).map(BpfProgram::name).contains("timer:age_flow");
        assertThat(AsyncCallbacks.callback(object, Async.TIMER, "age_flow", conns)).as("handed to no timer of this map").isEmpty();
    }

    @Test
    void onlyProgramsThatAreWantedAreLookedThrough() {
        BpfObject object = ObjectReader.read(Path.of("..", "specs", "timer", "two_maps.bpf.o"));
        String first = object.programs().getFirst().name();
        assertThat(CallbackUses.added(object, name -> false, () -> false).programs()).hasSize(2);
        assertThat(CallbackUses.added(object, first::equals, () -> false).programs().collect(BpfProgram::name))
                .as("two callbacks of the first program").hasSize(4);
        assertThat(CallbackUses.added(object, "timer:count:conns"::equals, () -> false).programs().collect(BpfProgram::name))
                .as("both programs hand it over").contains("timer:count:flows", "timer:count:conns");
    }

    @Test
    void aWorkItemHasACallbackOfItsOwnKind() {
        BpfObject object = CallbackUses.added(ObjectReader.read(Path.of("..", "specs", "timer", "work_alone.bpf.o")));
        BpfProgram report = object.programs().getLast();
        assertThat(report.name()).isEqualTo("wq:report");
        assertThat(report.async()).contains(Async.WORK);
        assertThat(ExecutionContexts.of(report.section()).level()).isEqualTo(ContextLevel.TASK);
        assertThat(AsyncCallbacks.callback(object, Async.TIMER, "report", 0)).as("no timer's").isEmpty();
    }
}
