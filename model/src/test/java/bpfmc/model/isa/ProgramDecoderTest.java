package bpfmc.model.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramDecoderTest {
    private static final String EXIT = "95 00 00 00 00 00 00 00";

    private static ImmutableList<Instruction> decoded(String code) {
        return ProgramDecoder.decode(HexFormat.ofDelimiter(" ").parseHex(code + " " + EXIT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            b7 0f 00 00 00 00 00 00 | R15 is invalid | false
            bf b1 00 00 00 00 00 00 | R11 is invalid | false
            b7 0a 00 00 2a 00 00 00 | frame pointer is read only | false
            79 1a 00 00 00 00 00 00 | frame pointer is read only | false
            ff 00 00 00 00 00 00 00 | unknown opcode ff | true
            00 00 00 00 00 00 00 00 | unknown opcode 00 | true
            b7 02 05 00 00 00 00 00 | BPF_MOV uses reserved fields | false
            07 02 03 00 00 00 00 00 | BPF_ALU uses reserved fields | false
            79 12 00 00 01 00 00 00 | BPF_LDX uses reserved fields | true
            7b 1a f8 ff 01 00 00 00 | BPF_STX uses reserved fields | false
            85 50 00 00 07 00 00 00 | BPF_CALL uses reserved fields | false
            05 00 00 00 01 00 00 00 | BPF_JA uses reserved fields | false
            1d 11 00 00 03 00 00 00 | BPF_JMP/JMP32 uses reserved fields | false
            db 1a f8 ff 77 00 00 00 | BPF_ATOMIC uses invalid atomic opcode 77 | false
            18 92 00 00 00 00 00 00 | unrecognized bpf_ld_imm64 insn | true
            18 02 00 00 00 00 00 00 | invalid bpf_ld_imm64 insn | true
            """)
    void saysOfWhatIsNoInstructionWhatTheVerifierSays(String code, String says, boolean unreached) {
        assertThat(decoded(code).getFirst()).isInstanceOfSatisfying(Instruction.Invalid.class, i -> {
            assertThat(i.says()).isEqualTo(says);
            assertThat(i.unreached()).isEqualTo(unreached);
        });
        assertThat(decoded(code).getLast()).isEqualTo(new Instruction.Exit());
    }

    @Test
    void readsInstructionsAsTheStrictDecoderDoes() {
        var generator = new RandomInstructions(new Random(5));
        for (int round = 0; round < 500; round++) {
            for (int kind = 0; kind < RandomInstructions.KINDS; kind++) {
                Instruction instruction = generator.ofKind(kind);
                var slots = org.eclipse.collections.impl.factory.Lists.mutable.with(instruction);
                if (instruction.slots() == 2) {
                    slots.add(null);
                }
                byte[] code = InstructionEncoder.encodeAll(slots.toImmutable());
                ImmutableList<Instruction> decoded = ProgramDecoder.decode(code);
                if (!(decoded.getFirst() instanceof Instruction.Invalid)) {
                    assertThat(decoded).isEqualTo(InstructionDecoder.decodeAll(code));
                } else {
                    assertThat(((Instruction.Invalid) decoded.getFirst()).says()).isEqualTo("frame pointer is read only");
                }
            }
        }
    }

    @Test
    void keepsEveryBytesOfAnything() {
        Random random = new Random(6);
        for (int round = 0; round < 20_000; round++) {
            byte[] code = new byte[24];
            random.nextBytes(code);
            assertThat(InstructionEncoder.encodeAll(ProgramDecoder.decode(code))).isEqualTo(code);
        }
    }
}
