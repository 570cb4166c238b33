package bpfmc.model.thread;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.isa.Condition;
import bpfmc.model.isa.Instruction.LoadImmediate64.Pseudo;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.Sections;
import bpfmc.model.machine.RunConfig;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition.DataSection;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.step.Answer;
import bpfmc.model.step.VisibleOperation;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.primitive.IntObjectMaps;
import org.junit.jupiter.api.Test;

/** A context field read before and after a helper: whether the two can differ decides whether the program stores. */
class ContextChangesTest {

    private static boolean canDiffer(String helper) {
        ImmutableList<Instruction> code = Lists.immutable.with(
                new Instruction.Move(Width.W64, Register.R6, new Operand.Reg(Register.R1)),
                new Instruction.Load(Size.WORD, false, Register.R7, Register.R6, (short) 0),
                new Instruction.Move(Width.W64, Register.R2, new Operand.Imm(60)),
                new Instruction.Move(Width.W64, Register.R3, new Operand.Imm(0)),
                new Instruction.CallHelper(Helpers.byName(helper).orElseThrow().id()),
                new Instruction.Load(Size.WORD, false, Register.R8, Register.R6, (short) 0),
                new Instruction.Branch(Width.W64, Condition.EQ, Register.R7, new Operand.Reg(Register.R8), (short) 3),
                new Instruction.LoadImmediate64(Register.R9, Pseudo.MAP_VALUE, 0, 0),
                null,
                new Instruction.Store(Size.WORD, Register.R9, (short) 0, new Operand.Imm(1)),
                new Instruction.Exit());
        var program = new BpfProgram("resize", Sections.parse("tc"), code,
                Lists.immutable.with(new Function("resize", 0, code.size(), true)),
                IntObjectMaps.mutable.<Reference>empty().withKeyValue(7, new Reference.Data(0, 0)).toImmutable(),
                IntObjectMaps.immutable.empty());
        var bss = new MapDefinition(0, ".bss", MapType.ARRAY, 4, 4, 1, 0, ValueLayout.opaque(4), ValueLayout.opaque(4),
                Optional.of(new DataSection(DataSection.Kind.BSS, new byte[4])), Optional.empty());
        var object = new BpfObject("resize.o", "", Lists.immutable.with(program), Lists.immutable.with(bss),
                Optional.empty(),
                Lists.immutable.empty());
        var automaton = ThreadAutomaton.forgetting(new RunConfig(object, program));
        return automaton.resume(ThreadAutomaton.START, Answer.NONE)
                .anySatisfy(node -> automaton.operation(node) instanceof VisibleOperation.Store);
    }

    @Test
    void fieldsMayChangeWhenAHelperResizesThePacket() {
        assertThat(canDiffer("skb_change_tail")).isTrue();
        assertThat(canDiffer("set_hash")).isTrue();
    }

    @Test
    void fieldsStayWhenAHelperOnlyLooksAtThePacketOrLinearisesIt() {
        assertThat(canDiffer("get_route_realm")).isFalse();
        assertThat(canDiffer("skb_pull_data")).isFalse();
    }
}
