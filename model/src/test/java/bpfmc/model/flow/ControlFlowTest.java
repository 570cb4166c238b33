package bpfmc.model.flow;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Operand;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Width;
import bpfmc.model.kernel.Sections;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;
import org.junit.jupiter.api.Test;

class ControlFlowTest {
    private static final Instruction ZERO = new Instruction.Move(Width.W64, Register.R0, new Operand.Imm(0));
    private static final Instruction EXIT = new Instruction.Exit();

    private static BpfProgram program(Instruction... code) {
        return new BpfProgram("p", Sections.parse("tc"), Lists.immutable.with(code),
                Lists.immutable.with(new Function("p", 0, code.length, true)),
                IntObjectMaps.immutable.empty(), IntObjectMaps.immutable.empty());
    }

    @Test
    void thatStaysInsideIsAccepted() {
        assertThatCode(() -> ControlFlow.require(program(new Instruction.Jump(false, 0), ZERO, EXIT))).doesNotThrowAnyException();
    }

    @Test
    void thatLeavesTheFunctionIsRefused() {
        assertThatThrownBy(() -> ControlFlow.require(program(new Instruction.Jump(false, 2), ZERO, EXIT)))
                .isInstanceOf(InputException.class).hasMessageContaining("instruction 0 leads to 3");
        assertThatThrownBy(() -> ControlFlow.require(program(ZERO))).isInstanceOf(InputException.class);
    }

    @Test
    void throughACallOfNoFunctionIsRefused() {
        assertThatThrownBy(() -> ControlFlow.require(program(new Instruction.CallSubprogram(0), EXIT)))
                .isInstanceOf(InputException.class).hasMessageContaining("calls no function");
    }

}
