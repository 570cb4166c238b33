package bpfmc.model.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTest {
    private static byte[] bytes(long... words) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : words) {
            buffer.putLong(word);
        }
        return buffer.array();
    }

    /** {@return the bytes in the order objdump prints them} */
    private static byte[] hex(String text) {
        return java.util.HexFormat.ofDelimiter(" ").parseHex(text);
    }

    private static ImmutableList<Instruction> slots(Instruction... instructions) {
        MutableList<Instruction> slots = Lists.mutable.empty();
        for (Instruction i : instructions) {
            slots.add(i);
            if (i.slots() == 2) {
                slots.add(null);
            }
        }
        return slots.toImmutable();
    }

    @Test
    void everyInstructionSurvivesEncodingAndDecoding() {
        Random random = new Random(1);
        var generator = new RandomInstructions(random);
        for (int round = 0; round < 2_000; round++) {
            Instruction[] all = new Instruction[RandomInstructions.KINDS];
            for (int kind = 0; kind < all.length; kind++) {
                all[kind] = generator.ofKind(kind);
                assertThat(all[kind]).isInstanceOf(Instruction.class.getPermittedSubclasses()[kind]);
            }
            ImmutableList<Instruction> program = slots(all);
            assertThat(InstructionDecoder.decodeAll(InstructionEncoder.encodeAll(program))).isEqualTo(program);
        }
    }

    @Test
    void everyWordIsRefusedOrGivesTheSameBytesAgain() {
        Random random = new Random(2);
        int accepted = 0;
        for (int round = 0; round < 120_000; round++) {
            byte[] code = bytes(word(random), (long) random.nextInt() << 32);
            ImmutableList<Instruction> decoded;
            try {
                decoded = InstructionDecoder.decodeAll(code);
            } catch (InputException e) {
                continue;
            }
            accepted++;
            assertThat(InstructionEncoder.encodeAll(decoded)).isEqualTo(code);
        }
        assertThat(accepted).isGreaterThan(1_500);
    }

    /**
     * Any opcode; fields that are often reserved are often zero. The second word must be an instruction or a second
     * slot.
     */
    private static long word(Random random) {
        long opcode = random.nextInt(4) == 0 ? 0x18 : random.nextInt(256);
        long registers = random.nextInt(3) == 0 ? 0 : random.nextInt(256);
        long offset = random.nextInt(2) == 0 ? random.nextInt(3) : random.nextInt(1 << 16);
        long immediate = random.nextInt(2) == 0 ? random.nextInt(0x120) : random.nextInt();
        return opcode | registers << 8 | offset << 16 | immediate << 32;
    }

    @Test
    void everySingleWordIsRefusedOrGivesTheSameBytesAgain() {
        Random random = new Random(3);
        int accepted = 0;
        int refused = 0;
        for (int opcode = 0; opcode < 256; opcode++) {
            for (int registers = 0; registers < 256; registers += 17) {
                for (long offset : new long[] {0, 1, 8, 16, 32, 0x8000}) {
                    for (long immediate : new long[] {0, 1, 16, 0x41, 0xe1, 0x100, 0x110, random.nextInt()}) {
                        byte[] code = bytes(opcode | (long) registers << 8 | offset << 16 | immediate << 32);
                        try {
                            var decoded = InstructionDecoder.decodeAll(code);
                            accepted++;
                            if (!java.util.Arrays.equals(InstructionEncoder.encodeAll(decoded), code)) {
                                assertThat(InstructionEncoder.encodeAll(decoded)).as("%s", decoded).isEqualTo(code);
                            }
                        } catch (InputException e) {
                            refused++;
                        }
                    }
                }
            }
        }
        assertThat(accepted).isGreaterThan(3_000);
        assertThat(refused).isGreaterThan(accepted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            07 01 01 00 05 00 00 00 | reserved offset field 1
            07 21 00 00 05 00 00 00 | reserved source register field 2
            0f 21 00 00 05 00 00 00 | reserved immediate field 5
            0b 21 00 00 00 00 00 00 | unknown opcode 0xb
            87 01 00 00 01 00 00 00 | reserved immediate field 1
            8f 01 00 00 00 00 00 00 | unknown opcode 0x8f
            bf 21 04 00 00 00 00 00 | move with sign extension from 4 bits
            bc 21 20 00 00 00 00 00 | move with sign extension from 32 bits
            bf 21 08 00 01 00 00 00 | reserved immediate field 1
            d4 01 00 00 08 00 00 00 | byte swap of 8 bits
            df 01 00 00 10 00 00 00 | unknown opcode 0xdf
            3f 21 02 00 00 00 00 00 | reserved offset field 2
            99 21 00 00 00 00 00 00 | unknown opcode 0x99
            79 21 00 00 01 00 00 00 | reserved immediate field 1
            62 21 00 00 01 00 00 00 | reserved source register field 2
            db 21 00 00 61 00 00 00 | unknown atomic operation 0x61
            db 21 00 00 e0 00 00 00 | unknown atomic operation 0xe0
            cb 21 00 00 01 00 00 00 | atomic operation of 2 bytes
            05 01 00 00 00 00 00 00 | reserved destination register field 1
            06 00 01 00 00 00 00 00 | reserved offset field 1
            0e 00 00 00 00 00 00 00 | unknown opcode 0xe
            95 00 00 00 01 00 00 00 | reserved immediate field 1
            95 01 00 00 00 00 00 00 | reserved destination register field 1
            96 00 00 00 00 00 00 00 | unknown opcode 0x96
            95 10 00 00 00 00 00 00 | reserved source register field 1
            8d 02 00 00 03 00 00 00 | reserved destination register field 2
            8d 00 00 00 0c 00 00 00 | register r12 does not exist
            8d 12 00 00 00 00 00 00 | reserved source register field 1
            e5 10 00 00 00 00 00 00 | reserved source register field 1
            20 10 00 00 00 00 00 00 | reserved source register field 1
            40 12 00 00 00 00 00 00 | reserved destination register field 2
            b7 01 08 00 00 00 00 00 | reserved offset field 8
            85 00 01 00 01 00 00 00 | reserved offset field 1
            85 30 00 00 01 00 00 00 | call of unknown kind 3
            86 00 00 00 01 00 00 00 | unknown opcode 0x86
            e5 00 00 00 01 00 00 00 | reserved immediate field 1
            f5 00 00 00 00 00 00 00 | unknown opcode 0xf5
            e7 00 00 00 00 00 00 00 | unknown opcode 0xe7
            00 00 00 00 00 00 00 00 | unknown opcode 0x0
            38 00 00 00 00 00 00 00 | unknown opcode 0x38
            b7 0b 00 00 00 00 00 00 | register r11 does not exist
            18 01 00 00 00 00 00 00 | 64-bit immediate load is cut off after its first slot
            18 71 00 00 00 00 00 00 00 00 00 00 00 00 00 00 | 64-bit immediate load of unknown kind 7
            18 01 00 00 00 00 00 00 b7 00 00 00 00 00 00 00 | other fields than the immediate
            18 01 01 00 00 00 00 00 00 00 00 00 00 00 00 00 | reserved offset field 1
            """)
    void reservedFieldsAreRefused(String code, String message) {
        assertThatThrownBy(() -> InstructionDecoder.decodeAll(hex(code)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("instruction 0: ")
                .hasMessageContaining(message);
    }

    @Test
    void halfAnInstructionIsRefused() {
        assertThatThrownBy(() -> InstructionDecoder.decodeAll(new byte[12])).isInstanceOf(InputException.class)
                .hasMessage("code of 12 bytes is not a whole number of 8-byte instructions");
    }

    @Test
    void whatHasNoEncodingIsRefused() {
        refused(new Instruction.MoveSignExtend(Width.W32, Register.R1, Register.R2, 32),
                "32-bit move with sign extension from 32 bits");
        refused(new Instruction.MoveSignExtend(Width.W64, Register.R1, Register.R2, 7),
                "64-bit move with sign extension from 7 bits");
        refused(new Instruction.ByteSwap(Instruction.ByteSwap.Order.SWAP, Register.R1, 8), "byte swap of 8 bits");
        refused(new Instruction.AddressSpaceCast(Register.R1, Register.R2, 1 << 16, 0),
                "cast between address spaces 0 and 65536");
        refused(new Instruction.Load(Size.DOUBLE, true, Register.R1, Register.R2, (short) 0),
                "sign-extending load of 8 bytes");
        refused(new Instruction.LoadPacket(Instruction.LoadPacket.Mode.ABSOLUTE, Size.DOUBLE, Register.R0, 0),
                "packet load of 8 bytes");
        refused(new Instruction.LoadPacket(Instruction.LoadPacket.Mode.ABSOLUTE, Size.BYTE, Register.R1, 0),
                "absolute packet load with a register");
        refused(new Instruction.Atomic(AtomicOp.ADD, false, Size.HALF, Register.R1, (short) 0, Register.R2),
                "atomic operation of 2 bytes");
        refused(new Instruction.Atomic(AtomicOp.XCHG, false, Size.WORD, Register.R1, (short) 0, Register.R2),
                "XCHG without the old value");
        refused(new Instruction.CallIndirect(Register.R0, Instruction.CallIndirect.Field.IMMEDIATE),
                "callx of r0 with the register in the immediate");
        refused(new Instruction.Jump(false, 1 << 15), "goto over 32768 slots, more than 16 bits");
    }

    private static void refused(Instruction instruction, String message) {
        assertThatThrownBy(() -> InstructionEncoder.encodeAll(Lists.immutable.with(new Instruction.Exit(),
                instruction)))
                .isInstanceOf(InputException.class)
                .hasMessage("instruction 1: no encoding: " + message);
    }

    @Test
    void slotsMustFitTheInstructions() {
        Instruction wide = new Instruction.LoadImmediate64(Register.R1, Instruction.LoadImmediate64.Pseudo.CONSTANT, 1,
                2);
        assertThatThrownBy(() -> InstructionEncoder.encodeAll(Lists.immutable.with(wide, new Instruction.Exit())))
                .isInstanceOf(InputException.class).hasMessageContaining("without its second slot");
        assertThatThrownBy(() -> InstructionEncoder.encodeAll(Lists.immutable.with(wide)))
                .isInstanceOf(InputException.class).hasMessageContaining("without its second slot");
        assertThatThrownBy(() -> InstructionEncoder.encodeAll(Lists.immutable.with(new Instruction.Exit(),
                (Instruction) null)))
                .isInstanceOf(InputException.class).hasMessageStartingWith("instruction 1: ")
                        .hasMessageContaining("without its first");
    }
}
