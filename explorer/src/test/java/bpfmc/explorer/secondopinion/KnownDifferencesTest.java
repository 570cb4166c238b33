package bpfmc.explorer.secondopinion;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.secondopinion.KnownDifference.Side;
import bpfmc.model.isa.AluOp;
import bpfmc.model.isa.Register;
import bpfmc.model.isa.Size;
import bpfmc.model.program.BpfProgram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A smallest system for each known difference. Fails when bpfmc is mended. */
class KnownDifferencesTest {
    private static final Register BASE = Register.R6;

    @ParameterizedTest
    @EnumSource
    void isStillThere(KnownDifference kind) {
        Scenario scenario = switch (kind) {
            case STORED_BESIDE -> SmallSystem.onCpus(1, storesHighHalfOfAll(), storesLowHalf());
        };
        Comparison c = Comparison.of(scenario).orElseThrow();
        assertThat(c.onlyConfirmed()).as("differences; if there is none, %s is mended", kind).isNotEmpty()
                .allMatch(f -> KnownDifference.of(scenario, Side.EXTRA, f).filter(kind::equals).isPresent());
    }

    private static BpfProgram storesHighHalfOfAll() {
        return new Assembler().data(BASE, RandomObjects.DATA, 0).load(Size.DOUBLE, Register.R8, BASE, 0).alu(AluOp.RSH, Register.R8, 32)
                .alu(AluOp.ADD, Register.R8, 1).store(Size.WORD, BASE, 4, Register.R8).exit().program("high", "tc");
    }

    private static BpfProgram storesLowHalf() {
        return new Assembler().data(BASE, RandomObjects.DATA, 0).store(Size.WORD, BASE, 0, 7).exit().program("low", "tc");
    }
}
